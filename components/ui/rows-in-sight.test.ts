import { expect, it } from 'vitest';
import { rowsInSight } from './rows-in-sight';

const heights = [10, 20, 30, 40];

it('draws what touches the stretch and leaves blanks for the rest', () => {
  expect(rowsInSight(heights, 0, 100)).toEqual({ first: 0, end: 4, before: 0, after: 0 });
  expect(rowsInSight(heights, 10, 60)).toEqual({ first: 1, end: 3, before: 10, after: 40 });
  expect(rowsInSight(heights, 29, 31)).toEqual({ first: 1, end: 3, before: 10, after: 40 });
});

it('always adds up to the whole, and draws one row where the stretch lies beside the list', () => {
  expect(rowsInSight(heights, 500, 900)).toEqual({ first: 3, end: 4, before: 60, after: 0 });
  expect(rowsInSight(heights, -900, -500)).toEqual({ first: 0, end: 1, before: 0, after: 90 });
  expect(rowsInSight([], 0, 100)).toEqual({ first: 0, end: 0, before: 0, after: 0 });
});
