import { expect, it } from 'vitest';
import { dayAfter } from './local-moment';

it('counts days on the clocks of the zone, also across a change of them', () => {
  // Half past midnight of 24 October in Oslo; the day after has 25 hours.
  const now = Date.parse('2026-10-23T22:30:00Z');
  expect(dayAfter(now, 2, 'Europe/Oslo')).toBe('2026-10-25T23:00:00.000Z');
  // The evening before the day with 23 hours.
  expect(dayAfter(Date.parse('2026-03-28T22:30:00Z'), 2, 'Europe/Oslo')).toBe('2026-03-29T22:00:00.000Z');
});
