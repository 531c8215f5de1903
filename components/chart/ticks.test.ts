import { describe, expect, it } from 'vitest';
import { timeTicks, valueTicks } from './ticks';

describe('the scale of values', () => {
  it.each([
    [18.2, 22.4, [18, 19, 20, 21, 22, 23], 0],
    [0, 100, [0, 20, 40, 60, 80, 100], 0],
    [-0.3, 0.4, [-0.4, -0.2, 0, 0.2, 0.4], 1],
    [10.0, 11.0, [10, 10.2, 10.4, 10.6, 10.8, 11], 1],
  ])('holds %d to %d between round numbers', (least, most, ticks, decimals) => {
    expect(valueTicks(least, most, 5)).toEqual({ ticks, decimals });
  });

  it.each([
    [7, 7],
    [0, 0],
    [-3.5, -3.5],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
    [1e-12, 3e-12],
    [-9e15, 9e15],
    [1e15, 1e15 + 1],
  ])('has an end and holds %d to %d', (least, most) => {
    const { ticks } = valueTicks(least, most, 5);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(16);
    expect(ticks[0]).toBeLessThanOrEqual(least);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(new Set(ticks).size).toBe(ticks.length);
  });
});

describe('the scale of time', () => {
  const iso = (ticks: readonly { at: number }[]) => ticks.map(({ at }) => new Date(at).toISOString());

  it('stands on the clock of the zone', () => {
    const from = Date.parse('2026-06-01T10:07:00Z');
    expect(iso(timeTicks(from, from + 3_600_000, 'Asia/Kathmandu', 4))).toEqual([
      '2026-06-01T10:15:00.000Z',
      '2026-06-01T10:30:00.000Z',
      '2026-06-01T10:45:00.000Z',
      '2026-06-01T11:00:00.000Z',
    ]);
  });

  it('keeps midnight where the clocks change', () => {
    const ticks = timeTicks(
      Date.parse('2026-03-27T12:00:00Z'),
      Date.parse('2026-03-31T12:00:00Z'),
      'Europe/Oslo',
      6,
    );
    expect(iso(ticks)).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ]);
    expect(ticks.every(({ isDay }) => isDay)).toBe(true);
  });

  it('never has more than was asked for', () => {
    for (const hours of [1, 24, 24 * 7, 24 * 30])
      expect(timeTicks(0, hours * 3_600_000, 'UTC', 5).length).toBeLessThanOrEqual(6);
  });
});
