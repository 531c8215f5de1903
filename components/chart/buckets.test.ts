import { expect, it } from 'vitest';
import { runsOf, stackOf } from './buckets';
import { placeAfter } from './keys';

it('values stand on each other, and what is not there takes no room', () => {
  expect(stackOf([2, undefined, 0, 3])).toEqual([
    { lower: 0, upper: 2 },
    { lower: 2, upper: 2 },
    { lower: 2, upper: 2 },
    { lower: 2, upper: 5 },
  ]);
});

it('a line is broken where there is no value', () => {
  const [one, two, three, four] = [1, 2, undefined, 4].map((value, at) => ({ at, value }));
  expect(runsOf([one, two, three, four].filter((point) => point !== undefined))).toEqual([
    [one, two],
    [four],
  ]);
  expect(runsOf([])).toEqual([]);
});

it.each([
  ['ArrowLeft', 4],
  ['ArrowUp', 6],
  ['PageUp', 7],
  ['PageDown', 3],
  ['Home', 0],
  ['End', 19],
  ['a', undefined],
])('%s leads from the sixth of twenty places to %s', (key, place) => {
  expect(placeAfter(key, 5, 20)).toBe(place);
});
