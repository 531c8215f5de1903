import { expect, it } from 'vitest';
import { shortNumber, tickText } from './number-text';

it('writes numbers of a scale alike', () => {
  expect([18, 18.5, -1].map((value) => tickText(value, 1, ','))).toEqual(['18,0', '18,5', '-1,0']);
  expect(tickText(0, 0, '.')).toBe('0');
  expect(tickText(2e-9, 9, '.')).toBe('2e-9');
});

it('writes a number at a glance without losing digits before the point', () => {
  expect([20.123456789, 9_007_199_254_740_991, 0, -3, 1e-9].map((value) => shortNumber(value, '.'))).toEqual([
    '20.1235',
    '9007199254740991',
    '0',
    '-3',
    '1e-9',
  ]);
  expect(shortNumber(20.5, ',')).toBe('20,5');
});
