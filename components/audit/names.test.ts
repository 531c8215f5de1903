import { describe, expect, it } from 'vitest';
import type { SearchHit } from '@/server/contracts/console';
import { choicesOf, isName, meantBy, type Named } from './names';

const named: Named = {
  kinds: ['home'],
  words: ['staff', 'user'],
  known: [{ value: 'staff:7', name: 'Åse Vik', detail: 'ase@example.com' }],
  valueOf: ({ kind, id }) => `${kind}:${id}`,
};
const hit = (kind: SearchHit['kind'], id: string, title: string): SearchHit => ({
  ...{ kind, id, title, projectId: 1, detail: '', state: 'active', match: 'contains' },
});
const hits = [hit('home', '4', 'Quay 12'), hit('home', '5', 'Quay 120'), hit('user', '6', 'Quay')];

describe('what is typed into a field of the filter', () => {
  it.each([
    ['staff', false],
    ['user:12', false],
    ['12', false],
    ['', false],
    ['Quay', true],
    ['Quay 12', true],
  ])('%j is a name: %s', (typed, is) => {
    expect(isName(typed, named)).toBe(is);
  });

  it('may mean what is known and what was found of the kinds that are asked for', () => {
    expect(choicesOf('ase', named, []).map(({ value }) => value)).toEqual(['staff:7']);
    expect(choicesOf('quay', named, hits).map(({ value }) => value)).toEqual(['home:4', 'home:5']);
    expect(choicesOf('user:6', named, hits)).toEqual([]);
  });

  it('means the one that is called so or the only one, and never the first of several', () => {
    const meant = (typed: string) => meantBy(typed, choicesOf(typed, named, hits))?.value;
    expect(meant('quay 12')).toBe('home:4');
    expect(meant('quay')).toBeUndefined();
    const quays = choicesOf('Quay', named, [...hits, hit('home', '8', 'Quay 12')]);
    expect(meantBy('Quay 12', quays)).toBeUndefined();
    expect(meantBy('Qua', quays.slice(0, 1))?.value).toBe('home:4');
    expect(meantBy('x', [])).toBeUndefined();
  });
});
