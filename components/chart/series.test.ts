import { describe, expect, it } from 'vitest';
import {
  gapMsOf,
  isWithinMinutes,
  linesOf,
  nearestTo,
  type Sample,
  sampleOf,
  summaryOf,
  thinned,
} from './series';

const minute = 60_000;
const at = (time: number, text: string): Sample => ({
  ...sampleOf(String(time), new Date(time).toISOString(), text),
});

describe('a number', () => {
  it('that JavaScript would round is kept as text and never drawn', () => {
    for (const text of ['9007199254740993', '-9007199254740993', '1e400'])
      expect(at(0, text)).toMatchObject({ value: undefined, text });
    expect(at(0, '9007199254740991')).toMatchObject({ value: 9_007_199_254_740_991 });
    expect(at(0, '1.50')).toMatchObject({ value: 1.5, text: '1.50' });
  });
});

describe('the line', () => {
  it('is broken where nothing came for long and where a number cannot be drawn', () => {
    const samples = [0, 1, 2, 3, 60, 61].map((time) => at(time * minute, String(time)));
    const gap = gapMsOf(samples, 60 * minute);
    expect(gap).toBe(6 * minute);
    expect(linesOf(samples, gap).map((line) => line.map(({ value }) => value))).toEqual([
      [0, 1, 2, 3],
      [60, 61],
    ]);
    const torn = [at(0, '1'), at(1, '9007199254740993'), at(2, '3')];
    expect(linesOf(torn, minute)).toEqual([[{ at: 0, value: 1 }], [{ at: 2, value: 3 }]]);
  });

  it('is not broken between the words of a device that seldom speaks', () => {
    const samples = [0, 20, 40].map((time) => at(time * minute, '1'));
    expect(linesOf(samples, gapMsOf(samples, 24 * 60 * minute))).toHaveLength(1);
  });

  it('loses no extreme when it is thinned to the pixels', () => {
    const line = Array.from({ length: 5_000 }, (_, index) => ({
      at: index,
      value: index === 1_234 ? 99 : index === 4_001 ? -99 : Math.sin(index),
    }));
    const few = thinned(line, 0, 5_000, 300);
    expect(few.length).toBeLessThanOrEqual(1_200);
    expect(few).toContainEqual({ at: 1_234, value: 99 });
    expect(few).toContainEqual({ at: 4_001, value: -99 });
    expect(few[0]).toEqual(line[0]);
    expect(few.at(-1)).toEqual(line.at(-1));
    expect(few.map((point) => point.at)).toEqual(few.map((point) => point.at).sort((a, b) => a - b));
    expect(thinned(line.slice(0, 10), 0, 5_000, 300)).toEqual(line.slice(0, 10));
  });
});

it('sums up what can be drawn', () => {
  expect(summaryOf([at(0, '1'), at(1, '4'), at(2, '9007199254740993'), at(3, '-2')])).toEqual({
    least: -2,
    mean: 1,
    most: 4,
  });
  expect(summaryOf([at(0, '1e400')])).toBeUndefined();
  expect(summaryOf(Array.from({ length: 3 }, (_, n) => at(n, '1.5e308')))).toBeUndefined();
  expect(summaryOf([at(0, '9e15'), at(1, '9e15')])?.mean).toBe(9e15);
});

it('finds the sample nearest to a moment', () => {
  const samples = [at(0, '1'), at(100, '2'), at(200, '3')];
  expect([-5, 49, 51, 149, 999].map((moment) => nearestTo(samples, moment))).toEqual([0, 0, 1, 1, 2]);
  expect(nearestTo([], 5)).toBe(-1);
});

it('tells moments to the second only where two lie within a minute', () => {
  expect(isWithinMinutes([])).toBe(false);
  expect(isWithinMinutes([at(0, '1'), at(minute, '2'), at(2 * minute, '3')])).toBe(false);
  expect(isWithinMinutes([at(0, '1'), at(minute, '2'), at(2 * minute - 1, '3')])).toBe(true);
});
