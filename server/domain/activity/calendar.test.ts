import { describe, expect, it } from 'vitest';
import { isoInZone, rangeEnd, rangeStart } from './calendar';

describe('days of a home', () => {
  it('begin at midnight of its zone and count to their end', () => {
    expect(rangeStart('2026-11-24', 'Europe/Oslo').toISOString()).toBe('2026-11-23T23:00:00.000Z');
    expect(rangeEnd('2026-11-24', 'Europe/Oslo').toISOString()).toBe('2026-11-24T23:00:00.000Z');
  });

  it('have 25 hours when the clocks go back', () => {
    const hours =
      (rangeEnd('2026-10-25', 'Europe/Oslo').getTime() - rangeStart('2026-10-25', 'Europe/Oslo').getTime()) /
      3_600_000;
    expect(hours).toBe(25);
  });

  it('begin where midnight is skipped with the first minute there is', () => {
    // Lebanon moves its clocks from 00:00 to 01:00.
    expect(isoInZone(rangeStart('2026-03-29', 'Asia/Beirut'), 'Asia/Beirut')).toBe(
      '2026-03-29T01:00:00.000+03:00',
    );
  });

  it('leave instants as they are', () => {
    expect(rangeStart('2026-11-24T10:00:00+02:00', 'Europe/Oslo').toISOString()).toBe(
      '2026-11-24T08:00:00.000Z',
    );
  });
});

describe('an instant in a zone', () => {
  it('carries its offset', () => {
    const at = new Date('2026-11-24T17:05:00.123Z');
    expect(isoInZone(at, 'Europe/Oslo')).toBe('2026-11-24T18:05:00.123+01:00');
    expect(isoInZone(at, 'America/St_Johns')).toBe('2026-11-24T13:35:00.123-03:30');
    expect(isoInZone(at, 'UTC')).toBe('2026-11-24T17:05:00.123+00:00');
  });
});
