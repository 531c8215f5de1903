import { describe, expect, it } from 'vitest';
import { readSearch, toLikePattern } from './search';

const told = (text: string) =>
  readSearch(text).map(({ text: word, isExcluded }) => (isExcluded ? `-${word}` : word));

describe('search words', () => {
  it.each([
    ['kim', ['kim']],
    ['  kim   lie ', ['kim', 'lie']],
    ['"kim lie" oslo', ['kim lie', 'oslo']],
    ['kim -lie', ['kim', '-lie']],
    ['-"kim lie" oslo', ['-kim lie', 'oslo']],
    ['"never closed', ['never closed']],
    ['kim"lie"', ['kim', 'lie']],
    ['a-b', ['a-b']],
    ['+47 -', ['+47']],
    ['-', []],
    ['""', []],
    ['-""', []],
    ['', []],
  ])('%j', (text, words) => {
    expect(told(text)).toEqual(words);
  });

  it('are sixteen at most', () => {
    expect(readSearch('a '.repeat(200))).toHaveLength(16);
  });

  it('stand in a pattern as they are', () => {
    expect(toLikePattern('50%_a\\b')).toBe('%50\\%\\_a\\\\b%');
  });
});
