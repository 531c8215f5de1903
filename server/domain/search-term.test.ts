import { describe, expect, it } from 'vitest';
import { foldSearch, isIdLike, isSearchable, isUuid, likenessOf, withoutDomain } from './search-term';

describe('what was typed into the search', () => {
  it.each([
    ['  Åse ØDEGÅRD ', 'ase odegard'],
    ['Sæther', 'saether'],
    ['+47 901 23 456', '+4790123456'],
    ['(901) 23-456', '90123456'],
    ['2026-11-24', '2026-11-24'],
    ['SN-12 34', 'sn-12 34'],
  ])('%s is looked for as %s', (typed, term) => {
    expect(foldSearch(typed)).toBe(term);
  });

  it('is looked for where three letters or digits stand in a row', () => {
    expect(['abc', 'a b 123', '-x1y-'].map(isSearchable)).toEqual([true, true, true]);
    expect(['ab', '%%%%', 'a b c', ''].map(isSearchable)).toEqual([false, false, false, false]);
  });

  it('may be an id', () => {
    expect(['7', '123456789012345'].map(isIdLike)).toEqual([true, true]);
    expect(['0', '07', '-1', '1234567890123456', '1e3'].map(isIdLike)).toEqual(Array(5).fill(false));
    expect(isUuid('3F1F5C1E-8a53-4f0e-9a53-5b7e0f6f1c11')).toBe(true);
    expect(isUuid('3f1f5c1e')).toBe(false);
  });

  it('is nearly so by its account and not by a domain that many share', () => {
    expect(withoutDomain('kari@exmple.com')).toBe('kari');
    expect(withoutDomain('k@example.com')).toBe('k@example.com');
  });

  it('must be met the better the longer it is', () => {
    expect(likenessOf('ola')).toBe(0.42);
    expect(likenessOf('kristian')).toBeCloseTo(0.444, 3);
    expect(likenessOf('thermosatt')).toBeCloseTo(0.545, 3);
    expect(likenessOf('krai odegard storgata')).toBe(0.6);
    expect(likenessOf('')).toBe(0.42);
  });
});
