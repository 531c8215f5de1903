import { expect, it } from 'vitest';
import { mayDeviceSend } from './limit-device';

const start = Date.parse('2026-03-01T12:00:00.000Z');
const count = (deviceId: number, times: number, nowMs: number, perMinute?: number) =>
  Array.from({ length: times }, () => mayDeviceSend(deviceId, nowMs, perMinute)).filter(Boolean).length;

it('lets a device send its minute at once, then as fast as the minute fills again', () => {
  expect(count(1, 700, start)).toBe(600);
  expect(count(1, 10, start + 500)).toBe(5);
  expect(count(1, 700, start + 120_000)).toBe(600);
});

it('counts devices apart and obeys the setting', () => {
  expect(count(2, 10, start, 3)).toBe(3);
  expect(count(3, 10, start, 5)).toBe(5);
});

it('does not punish a device for a clock that was set back', () => {
  expect(count(4, 600, start)).toBe(600);
  expect(count(4, 10, start - 3_600_000)).toBe(0);
  expect(count(4, 700, start - 3_600_000 + 60_000)).toBe(600);
});
