import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { countAttempt } from './count-attempt';

const factory = ground();
/** A clock that stands still until it is moved. */
function clockAt(start: number) {
  const clock = { time: start, now: () => new Date(clock.time) };
  return clock;
}
const start = Date.parse('2026-03-01T12:00:00.000Z');
const outcome = (attempt: Promise<void>) =>
  attempt.then(
    () => 'counted',
    (error: { code: string; reason: string; retryAfterSeconds: number }) => ({
      code: error.code,
      reason: error.reason,
      wait: error.retryAfterSeconds,
    }),
  );

it('lets through as many as it may in a window, tells how long to wait, and starts anew after', async () => {
  const clock = clockAt(start);
  const subject = randomUUID();
  const attempt = () => outcome(countAttempt({ db: factory.deps.db, clock }, subject, 3, 60));
  for (let count = 0; count < 3; count += 1) expect(await attempt()).toBe('counted');
  expect(await attempt()).toEqual({ code: 'rate_limited', reason: 'RATE_LIMIT_EXCEEDED', wait: 60 });
  clock.time += 59_500;
  expect(await attempt()).toMatchObject({ wait: 1 });
  clock.time += 500;
  expect(await attempt()).toBe('counted');
});

it('counts attempts at once one by one', async () => {
  const clock = clockAt(start);
  const subject = randomUUID();
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () => outcome(countAttempt({ db: factory.deps.db, clock }, subject, 25, 60))),
  );
  expect(outcomes.filter((told) => told === 'counted')).toHaveLength(25);
});

it('counts subjects apart', async () => {
  const clock = clockAt(start);
  for (const subject of [randomUUID(), randomUUID()]) {
    expect(await outcome(countAttempt({ db: factory.deps.db, clock }, subject, 1, 60))).toBe('counted');
  }
});
