import { describe, expect, it } from 'vitest';
import { chargesAt, daysLeft, renewalIn } from './battery-outlook';
import { type DoorWord, longestOf, openTimes } from './open-times';

const day = 86_400_000;
const charges = (percents: readonly number[], everyDays = 1) =>
  percents.map((percent, index) => ({ at: index * everyDays * day, percent }));
const falling = (from: number, perDay: number, count: number) =>
  charges(Array.from({ length: count }, (_none, index) => from - Math.floor(index * perDay)));

describe('how long a battery lasts', () => {
  it.each([
    ['an even fall', falling(100, 1, 31), 70],
    ['a slow one', falling(100, 0.25, 61), 343],
    [
      'a fall after a new battery',
      [...falling(40, 1, 30), ...falling(100, 1, 31)].map(({ percent }, index) => ({
        at: index * day,
        percent,
      })),
      70,
    ],
  ])('%s is told', (_what, given, days) => {
    const left = daysLeft(given);
    expect(left).toBeGreaterThan(days * 0.95);
    expect(left).toBeLessThan(days * 1.05);
  });

  it.each([
    ['nothing is known', []],
    ['the past is short', falling(100, 2, 10)],
    ['it hardly fell', falling(100, 0.05, 60)],
    ['it went up and down', charges([90, 84, 91, 85, 92, 84, 90, 86], 5)],
    ['it was renewed lately', [...falling(60, 1, 40), { at: 40 * day, percent: 100 }]],
    ['it rises', charges([50, 52, 54, 56, 58], 5)],
    ['it fell at once and stood', charges([100, 100, 100, 100, 100, 100, 100, 100, 100, 90, 90], 2)],
  ])('where %s nobody says', (_what, given) => {
    expect(daysLeft(given)).toBeUndefined();
  });

  it('begins anew with a battery that rises by ten or more', () => {
    expect(renewalIn(charges([50, 40, 49, 30, 100, 99]))).toBe(4);
    expect(renewalIn(charges([50, 55, 52]))).toBe(0);
  });

  it('stands between two words, and before the first not at all', () => {
    const told = [
      { at: 5, percent: 80 },
      { at: 12, percent: 70 },
      { at: 13, percent: 69 },
    ];
    expect(chargesAt(told, [4, 10, 20])).toEqual([
      { at: 10, percent: 80 },
      { at: 20, percent: 69 },
    ]);
  });
});

describe('the times that a door stood open', () => {
  const door = (at: number, state: 'open' | 'closed' | 'ajar' | 'unknown'): DoorWord => ({ at, door: state });
  it.each<[string, DoorWord[], unknown[]]>([
    ['none', [door(1, 'closed')], []],
    ['one', [door(1, 'open'), door(5, 'closed')], [[1, 5, false]]],
    ['left open is the same time', [door(1, 'open'), door(3, 'ajar'), door(5, 'closed')], [[1, 5, false]]],
    ['one that lasts', [door(1, 'closed'), door(2, 'open')], [[2, undefined, false]]],
    [
      'one that nobody saw through',
      [door(1, 'open'), { at: 2, reachable: false }, { at: 3, reachable: true }, door(9, 'closed')],
      [[1, 9, true]],
    ],
    ['one that ends in silence', [door(1, 'open'), door(4, 'unknown')], [[1, 4, true]]],
  ])('%s', (_what, words, times) => {
    expect(openTimes(words).map(({ from, until, isUnsure }) => [from, until, isUnsure])).toEqual(times);
  });

  it('the longest is counted up to now', () => {
    const times = openTimes([door(1, 'open'), door(5, 'closed'), door(6, 'open')]);
    expect(longestOf(times, 8)?.from).toBe(1);
    expect(longestOf(times, 12)?.from).toBe(6);
    expect(longestOf([], 12)).toBeUndefined();
  });
});
