import { describe, expect, it } from 'vitest';
import { readLanguage } from './language';

describe('the language of a message', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['*', undefined],
    ['de', undefined],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['no', 'nb'],
    ['nn-NO, en;q=0.8', 'nb'],
    ['de, nb;q=0.5, en;q=0.7', 'en'],
    ['nb;q=0, en', 'en'],
    ['NB-no', 'nb'],
    [';q=x,,', undefined],
  ])('%j', (header, language) => {
    expect(readLanguage(header)).toBe(language);
  });
});
