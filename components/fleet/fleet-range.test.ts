import { expect, it } from 'vitest';
import { fleetPath, fleetQuery, fleetRanges, readFleetFilter } from './fleet-range';

it('an address is read and written; what makes no sense asks for the last day of all projects', () => {
  expect(readFleetFilter({ project: '7', range: 'week' })).toEqual({ project: '7', range: 'week' });
  expect(readFleetFilter({ project: '-7', range: 'year' })).toEqual({ range: 'day' });
  expect(fleetPath({ project: '7', range: 'month' })).toBe('/support/fleet?project=7&range=month');
});

it('a range ends now and is within what may be asked', () => {
  const now = Date.parse('2026-03-01T12:34:00Z');
  expect(fleetQuery({ range: 'day', project: '7' }, now, 'UTC')).toEqual({
    project: 7,
    from: '2026-02-28T13:34:00.000Z',
    to: '2026-03-01T12:34:00.000Z',
    by: 'hour',
    timezone: 'UTC',
  });
  // Half past midnight, though the clocks have gone forward in between.
  const spring = Date.parse('2026-03-29T22:30:00Z');
  expect(fleetQuery({ range: 'month' }, spring, 'Europe/Berlin').from).toBe('2026-02-28T23:30:00.000Z');
  for (const { spanMs, by } of Object.values(fleetRanges))
    expect(spanMs / 86_400_000).toBeLessThanOrEqual(by === 'hour' ? 7 : 62);
});
