import { randomUUID } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { openDatabase } from '@/server/db/client';
import { ground } from '@/server/testing/ground';
import { spend } from './spend';

const { db } = ground().deps;
const start = Date.parse('2026-03-01T12:00:00.000Z');

/** Somebody with so much a minute, at a time that the test sets. */
function somebody(perMinute: number, of = db) {
  const allowance = { subject: `test:${randomUUID()}`, perSecond: perMinute / 60, most: perMinute };
  let now = start;
  const clock = { now: () => new Date(now) };
  return {
    allowance,
    at: (ms: number) => {
      now = start + ms;
    },
    spend: async (times: number, by: { db: typeof db } = { db: of }) =>
      (await spend({ ...by, clock }, Array(times).fill(allowance))).filter((wait) => wait === undefined)
        .length,
    wait: async () => (await spend({ db: of, clock }, [allowance]))[0],
  };
}

it('lets somebody spend a minute at once, then as fast as it fills again', async () => {
  const device = somebody(600);
  expect(await device.spend(700)).toBe(600);
  device.at(500);
  expect(await device.spend(10)).toBe(5);
  device.at(120_000);
  expect(await device.spend(700)).toBe(600);
});

it('says how long to wait', async () => {
  const slow = somebody(6);
  expect(await slow.spend(6)).toBe(6);
  expect(await slow.wait()).toBe(10);
  slow.at(4_000);
  expect(await slow.wait()).toBe(6);
  slow.at(10_000);
  expect(await slow.wait()).toBeUndefined();
});

it('counts subjects apart, in one statement for all of them', async () => {
  const [one, other] = [somebody(3), somebody(5)];
  const clock = { now: () => new Date(start) };
  const wanted = Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? one : other).allowance);
  const waits = await spend({ db, clock }, wanted);
  const spent = (who: typeof one) =>
    wanted.filter((allowance, n) => allowance === who.allowance && waits[n] === undefined).length;
  expect([spent(one), spent(other)]).toEqual([3, 5]);
});

it('holds across processes, whoever asks first', async () => {
  const handle = openDatabase({ url: inject('databaseUrl'), applicationName: 'other process', max: 2 });
  try {
    const shared = somebody(600);
    const got = await Promise.all(
      Array.from({ length: 40 }, (_, n) => shared.spend(30, { db: n % 2 === 0 ? db : handle.db })),
    );
    const sum = got.reduce((all, one) => all + one, 0);
    // What one process holds back in its last slice the other cannot spend.
    expect(sum).toBeLessThanOrEqual(600);
    expect(sum).toBeGreaterThanOrEqual(540);
  } finally {
    await handle.end();
  }
});

it('does not punish anybody for a clock that was set back', async () => {
  const device = somebody(600);
  expect(await device.spend(600)).toBe(600);
  device.at(-3_600_000);
  expect(await device.spend(10)).toBe(0);
  device.at(-3_600_000 + 60_000);
  expect(await device.spend(700)).toBe(600);
});
