import { describe, expect, it } from 'vitest';
import {
  foldSearch,
  hasLikeness,
  isAddress,
  isIdLike,
  isSearchable,
  isUuid,
  likenessOf,
  withoutDomain,
} from './search-term';

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

  it('may be a whole address, which one account has', () => {
    expect(['+4790123456', 'kari@example.com'].map(isAddress)).toEqual([true, true]);
    expect(['90123456', '+479', 'kari@', 'kari@example', 'kari lund'].map(isAddress)).toEqual(
      Array(5).fill(false),
    );
  });

  it('is nearly so if it has a word, or is a code as long as whole ones are', () => {
    const near = ['krai', 'heatr 5', 'sn-3f2a91bc', 'bjrn hansne', '+4790123456'];
    expect(near.map(hasLikeness)).toEqual(Array(5).fill(true));
    const never = ['sn-5f', 'sn-50yf', 'ola', '3f2a91bc', 'kim 7'];
    expect(never.map(hasLikeness)).toEqual(Array(5).fill(false));
  });

  it('must be met the better the longer it is, and of a code the most', () => {
    expect(likenessOf('kari')).toBe(0.42);
    expect(likenessOf('kristian')).toBeCloseTo(0.444, 3);
    expect(likenessOf('thermosatt')).toBeCloseTo(0.545, 3);
    expect(likenessOf('krai odegard storgata')).toBe(0.6);
    expect(likenessOf('sn-3f2a91bc')).toBe(0.6);
  });
});
