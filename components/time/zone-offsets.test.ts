import { describe, expect, it } from 'vitest';
import { type Offsets, offsetAt, offsetsOf } from './zone-offsets';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const now = Date.parse('2026-11-29T12:00:00Z');

/** What the runtime itself says of moments in a zone. */
const sayer = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
const reckoned = (at: number, minutes: number): string =>
  new Date(at + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');

const zones = [
  'Europe/Oslo',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
];

describe('offsets of a zone', () => {
  it.each(zones)('of %s are those of the runtime at every hour of a year before and after', (zone) => {
    const spans = offsetsOf(zone, now);
    const runtime = sayer(zone);
    for (let at = now - 365 * dayMs; at < now + 365 * dayMs; at += hourMs) {
      const span = spans.find(([from, until]) => at >= from && at < until);
      expect(reckoned(at, span?.[2] ?? Number.NaN)).toBe(runtime.format(at));
    }
  });

  it('change at the very minute', () => {
    const spring = Date.parse('2026-03-29T01:00:00Z');
    offsetsOf('Europe/Oslo', now);
    expect(offsetAt(spring - 1, 'Europe/Oslo')).toBe(60);
    expect(offsetAt(spring, 'Europe/Oslo')).toBe(120);
  });

  it('are looked up where no page has carried them', () => {
    expect(offsetAt(Date.parse('1975-07-01T00:00:00Z'), 'Europe/Oslo')).toBe(60);
    expect(offsetAt(now, 'Pacific/Auckland')).toBe(13 * 60);
    expect(() => offsetAt(now, 'Nowhere/Here')).toThrow(RangeError);
  });

  it('are few, since every page carries them', () => {
    const carried: Offsets = { 'Europe/Oslo': offsetsOf('Europe/Oslo', now) };
    expect(JSON.stringify(carried).length).toBeLessThan(250);
  });
});
