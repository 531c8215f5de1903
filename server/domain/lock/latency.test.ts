import { describe, expect, it } from 'vitest';
import { findSlowing } from './latency';

describe('a door that got slower', () => {
  it('is told with both figures', () => {
    expect(findSlowing({ count: 5, p50Ms: 1_200 }, { count: 10, p50Ms: 600 })).toEqual({
      recentMs: 1_200,
      beforeMs: 600,
    });
  });

  it.each([
    ['it is slower by less than half', { count: 9, p50Ms: 2_900 }, { count: 30, p50Ms: 2_000 }],
    ['nobody would notice the difference', { count: 9, p50Ms: 390 }, { count: 30, p50Ms: 100 }],
    ['it got faster', { count: 9, p50Ms: 400 }, { count: 30, p50Ms: 1_200 }],
    ['there were few openings lately', { count: 4, p50Ms: 5_000 }, { count: 30, p50Ms: 600 }],
    ['there were few openings before', { count: 9, p50Ms: 5_000 }, { count: 9, p50Ms: 600 }],
  ])('is not told of when %s', (_when, recent, before) => {
    expect(findSlowing(recent, before)).toBeUndefined();
  });
});
