import { describe, expect, it } from 'vitest';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { nb } from '../messages/nb';
import { clockTime, durationText, momentText, remainingText, zonesDiffer } from './format';

const english = { text: textOf(en), hourCycle: 24 } as const;
const american = { text: textOf(en), hourCycle: 12 } as const;
const norwegian = { text: textOf(nb), hourCycle: 24 } as const;
const at = (iso: string) => Date.parse(iso);

describe('moments', () => {
  const now = at('2026-03-01T12:00:00Z');

  it('are written in the zone they are asked in', () => {
    expect(momentText(at('2026-03-01T11:05:00Z'), now, 'Europe/Oslo', english)).toBe('today 12:05');
    const exact = { ...english, hasSeconds: true };
    expect(momentText(at('2026-03-01T11:05:07Z'), now, 'Europe/Oslo', exact)).toBe('today 12:05:07');
    expect(momentText(at('2026-02-28T23:30:00Z'), now, 'Europe/Oslo', english)).toBe('today 00:30');
    expect(momentText(at('2026-02-28T22:30:00Z'), now, 'Europe/Oslo', norwegian)).toBe('i går 23:30');
    expect(momentText(at('2026-02-12T08:00:00Z'), now, 'Europe/Oslo', norwegian)).toBe('12. feb. kl. 09:00');
    expect(momentText(at('2025-12-31T08:00:00Z'), now, 'UTC', english)).toBe('31 Dec 2025, 08:00');
  });

  it('know midnight and noon of a twelve hour clock', () => {
    expect(clockTime(at('2026-03-01T00:07:00Z'), 'UTC', american)).toBe('12:07 am');
    expect(clockTime(at('2026-03-01T12:00:00Z'), 'UTC', american)).toBe('12:00 pm');
    expect(clockTime(at('2026-03-01T00:07:00Z'), 'UTC', english)).toBe('00:07');
  });

  it('name the viewer only when the clocks differ', () => {
    expect(zonesDiffer(now, 'Europe/Oslo', 'Europe/Berlin')).toBe(false);
    expect(zonesDiffer(now, 'Europe/Oslo', 'Europe/London')).toBe(true);
  });
});

describe('durations', () => {
  it('are milliseconds first and seconds after', () => {
    expect(durationText(612.4, english.text)).toBe('612 ms');
    expect(durationText(1_449, english.text)).toBe('1.4 s');
    expect(durationText(1_449, norwegian.text)).toBe('1,4 s');
    expect(durationText(9_960, english.text)).toBe('10 s');
    expect(durationText(-3, english.text)).toBe('0 ms');
  });
});

it.each([
  [3_540_001, '59 min 1 s'],
  [60_000, '1 min 0 s'],
  [59_001, '1 min 0 s'],
  [1, '1 s'],
  [-5, '0 s'],
])('of %d ms is left %s', (leftMs, said) => {
  expect(remainingText(leftMs, textOf(en))).toBe(said);
});
