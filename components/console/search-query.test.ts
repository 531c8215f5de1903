import { describe, expect, it } from 'vitest';
import { pathOf, readSearch, searchText } from './search-query';

describe('a search in an address', () => {
  it('is read and written alike', () => {
    const text = 'q=kari+%C3%98&kind=user&project=7&state=verified';
    expect(searchText(readSearch(Object.fromEntries(new URLSearchParams(text))))).toBe(text);
  });

  it('leaves out what makes no sense', () => {
    expect(readSearch({ q: '', kind: 'people', project: '-1', state: ['x'] })).toEqual({});
    expect(searchText({ q: '', kind: 'lock' })).toBe('kind=lock');
  });
});

describe('a hit', () => {
  const hit = { projectId: 1, title: '', detail: '', state: 'active', match: 'exact' } as const;
  it('leads to its own page, or to its place on the page of its home', () => {
    expect(pathOf({ ...hit, kind: 'user', id: '3' })).toBe('/support/users/3');
    expect(pathOf({ ...hit, kind: 'home', id: '4', homeId: 4 })).toBe('/support/homes/4');
    expect(pathOf({ ...hit, kind: 'lock', id: '5', homeId: 4 })).toBe('/support/homes/4#lock-5');
    expect(pathOf({ ...hit, kind: 'hub', id: 'x' })).toBeUndefined();
  });
});
