import { expect, it } from 'vitest';
import { quantile } from './quantile';

it.each([
  [[], 0.5, 0],
  [[[7, 1]], 0.95, 7],
  [
    [
      [100, 1],
      [200, 1],
      [300, 1],
    ],
    0.95,
    290,
  ],
  [
    [
      [100, 1],
      [200, 1],
      [300, 1],
      [1_100, 1],
    ],
    0.5,
    250,
  ],
  [
    [
      [10, 98],
      [500, 2],
    ],
    0.5,
    10,
  ],
  [
    [
      [10, 98],
      [500, 2],
    ],
    0.99,
    500,
  ],
  [
    [
      [1, 1],
      [1, 1],
      [3, 2],
    ],
    0.5,
    2,
  ],
] as [[number, number][], number, number][])('of %j the quantile %s is %s', (steps, share, wanted) => {
  const told = quantile(
    steps.map(([value, count]) => ({ value, count })),
    share,
  );
  expect(told).toBeCloseTo(wanted, 9);
});
