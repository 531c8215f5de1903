import { describe, expect, it } from 'vitest';
import { formatTable, percentile, summarise } from './statistics';

describe('percentiles', () => {
  const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1);

  it('are values that were measured, by nearest rank', () => {
    expect(percentile(oneToHundred, 0.5)).toBe(50);
    expect(percentile(oneToHundred, 0.95)).toBe(95);
    expect(percentile(oneToHundred, 0.99)).toBe(99);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([1, 2], 0.99)).toBe(2);
  });

  it('do not depend on the order, and sort by number', () => {
    expect(summarise([100, 9, 10])).toEqual({ count: 3, p50: 10, p95: 100, p99: 100, max: 100 });
    expect(summarise([...oneToHundred].reverse())).toEqual({
      count: 100,
      p50: 50,
      p95: 95,
      p99: 99,
      max: 100,
    });
  });

  it('of nothing are no numbers', () => {
    expect(summarise([])).toEqual({
      count: 0,
      p50: Number.NaN,
      p95: Number.NaN,
      p99: Number.NaN,
      max: Number.NaN,
    });
  });
});

describe('the table', () => {
  it('aligns its columns, leaves out what was not measured and names a missed bar', () => {
    const times = summarise([0.25, 12, 340]);
    const table = formatTable([
      {
        group: 'opening',
        name: 'confirmed',
        times,
        ratio: 3.456,
        bar: 'p50 ≤ 10 ms',
        isMet: false,
        failures: 2,
      },
      { group: 'opening', name: 'floor', times },
      { group: 'api', name: 'create home', perSecond: 1234.5, ratio: 0.81, bar: '≥ 0.7', isMet: true },
    ]);
    expect(table).toBe(
      [
        'opening',
        '             count  p50 ms  p95 ms  p99 ms  per s  ratio  failed  bar',
        'confirmed        3    12.0     340     340          3.46       2  p50 ≤ 10 ms  MISSED',
        'floor            3    12.0     340     340',
        '',
        'api',
        '             count  p50 ms  p95 ms  p99 ms  per s  ratio  failed  bar',
        'create home                                  1235   0.81          ≥ 0.7  met',
      ].join('\n'),
    );
  });
});
