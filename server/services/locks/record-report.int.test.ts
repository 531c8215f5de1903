import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeEvents, lockHistory, locks } from '@/drizzle/schema';
import { parseUpdate } from '@/server/domain/shadow/request';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { updateShadow } from '../shadows/update-shadow';
import { forgetHistory } from './forget-history';

const factory = ground();
const { db } = factory.deps;

/** What a lock says, in the shadow service as it is, at a moment of the service's clock. */
async function report(lock: { thing: string }, reported: object, at = new Date()): Promise<void> {
  const request = parseUpdate(Buffer.from(JSON.stringify({ state: { reported } })));
  if (!request.ok) throw new Error('no update');
  const deps = { ...factory.deps, clock: { now: () => at } };
  const done = await updateShadow(deps, { thing: lock.thing, name: '' }, request.request);
  if (done?.ok !== true) throw new Error('the report was refused');
}

describe.each(gateway())('what a lock reports ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    kim = await factory.person((await factory.project()).id, 'Kim');
    home = await factory.home(kim);
    lock = await factory.lock(home.id, 'Front');
  });
  const historyOf = async () =>
    (
      await db.select().from(lockHistory).where(eq(lockHistory.lockId, lock.id)).orderBy(asc(lockHistory.id))
    ).map(({ kind, value, isTold }) => [kind, value, isTold]);
  const doorLines = async () =>
    (await db.select().from(homeEvents).where(eq(homeEvents.homeId, home.id))).filter(
      ({ topic }) => topic === 'door',
    ).length;
  const read = (path: string) => send(url, 'GET', `/locks/${lock.id}/${path}`, { token: kim.token });
  const open = async (requestId: string) => {
    await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token, body: { requestId } });
    const [opening] = await factory.openings(lock.id);
    if (opening === undefined) throw new Error('nothing was asked');
    return opening.id;
  };
  const resting = { lockState: 'LOCKED', doorState: 'CLOSED', battery: { percent: 80, level: 'ok' } };

  it('is kept change by change, and a report that comes again adds nothing', async () => {
    const moved = {
      ...resting,
      lockState: 'UNLOCKED',
      lastOperation: { type: 'unlock', source: 'keypad', at: Date.now(), slot: 4 },
    };
    await report(lock, resting);
    await report(lock, moved);
    await report(lock, moved);
    await report(lock, { doorState: 'AJAR', battery: { percent: 79, level: 'ok' } });
    const heard = await doorLines();
    await report(lock, moved);
    const happenedAt = new Date(moved.lastOperation.at).toISOString();
    expect(await historyOf()).toEqual([
      ['bolt', { bolt: 'locked' }, false],
      ['door', { door: 'closed' }, false],
      ['battery', { percent: 80, level: 'ok' }, false],
      ['reachability', { reachable: true }, false],
      ['operation', { operation: 'unlock', source: 'keypad', slot: 4, happenedAt }, true],
      ['bolt', { bolt: 'unlocked' }, false],
      ['door', { door: 'ajar' }, true],
      ['battery', { percent: 79, level: 'ok' }, false],
      ['door', { door: 'closed' }, false],
      ['battery', { percent: 80, level: 'ok' }, false],
    ]);
    await report(lock, moved);
    expect(await doorLines()).toBe(heard + 1);
  });

  it('of an older operation that comes late again is no news', async () => {
    const by = (at: number) => ({ lastOperation: { type: 'lock', source: 'manual', at } });
    const now = Date.now();
    for (const at of [now - 3_000, now - 2_000, now - 3_000]) await report(lock, { ...resting, ...by(at) });
    expect((await historyOf()).filter(([kind]) => kind === 'operation')).toHaveLength(2);
  });

  it('of an opening of ours stands in the history and once in the activity', async () => {
    await report(lock, resting);
    const id = await open('first');
    const unlocked = { lockState: 'UNLOCKED', command: { id, state: 'succeeded' } };
    await report(lock, {
      ...unlocked,
      lastOperation: { type: 'unlock', source: 'remote', at: Date.now() },
    });
    const { items } = (await read('activity')).body;
    expect(items.map(({ kind, status }: { kind: string; status: string }) => [kind, status])).toEqual([
      ['opening', 'confirmed'],
    ]);
    expect((await read('history?kind=operation')).body.items).toMatchObject([
      { kind: 'operation', operation: 'unlock', source: 'remote', openingId: id },
    ]);
  });

  it('of an opening is known as its own also in attribute paths, a moment after the bolt', async () => {
    await report(lock, { '1/257/0': 1, available: true });
    const id = await open('second');
    await report(lock, { '1/257/0': 2 });
    await report(lock, { lastOperation: { type: 'unlock', source: 'remote', at: Date.now() } });
    const later = new Date(Date.now() + 600_000);
    await report(lock, { lastOperation: { type: 'unlock', source: 'remote', at: later.getTime() } }, later);
    const operations = (await historyOf()).filter(([kind]) => kind === 'operation');
    expect(operations).toMatchObject([
      ['operation', { openingId: id }, false],
      ['operation', { source: 'remote' }, true],
    ]);
  });

  it('tells what it can do, its certificate and its alarm, which ends', async () => {
    const row = async () => (await db.select().from(locks).where(eq(locks.id, lock.id)))[0];
    await report(lock, {
      ...resting,
      features: ['unbolt', 'pin'],
      attestation: 'not-verified',
      alarm: 'LOCK_JAMMED',
    });
    expect(await row()).toMatchObject({
      features: ['unbolt', 'pin'],
      attestation: 'not-verified',
      alarm: 'LOCK_JAMMED',
    });
    const path = `/homes/${home.id}/locks`;
    const [seen] = (await send(url, 'GET', path, { token: kim.token })).body.items;
    expect(seen).toMatchObject({
      features: ['unbolt', 'pin'],
      attestation: 'not-verified',
      alarm: 'LOCK_JAMMED',
    });
    await report(lock, { alarm: null });
    expect(await row()).toMatchObject({ alarm: null, bolt: 'locked' });
    expect((await read('settings')).body).not.toHaveProperty('alarm');
  });

  it('is summed up for the page of the door, and forgotten in the end', async () => {
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
    for (let days = 100; days >= 0; days -= 4)
      await report(lock, { battery: { percent: 50 + days / 4, level: 'ok' } }, ago(days));
    await report(lock, { doorState: 'OPEN' }, ago(2));
    await report(lock, { doorState: 'CLOSED' }, ago(1.5));
    await report(lock, { doorState: 'OPEN' }, ago(0.01));
    const { battery, door } = (await read('condition')).body;
    expect(battery.now).toEqual({ percent: 50, level: 'ok' });
    expect(battery.perDay).toHaveLength(90);
    expect(battery.perDay.at(-1).percent).toBe(50);
    expect(battery.daysLeft).toBeGreaterThan(180);
    expect(battery.daysLeft).toBeLessThan(220);
    expect(door).toMatchObject({ now: 'open', count: 2, longest: { isUnsure: false } });
    expect(door.newest[0]).not.toHaveProperty('until');
    expect(door.longest.until).toBe(ago(1.5).toISOString().slice(0, 10) && door.newest[1].until);
    const kept = (await historyOf()).length;
    expect(await forgetHistory(factory.deps, 2)).toBeGreaterThan(0);
    expect((await historyOf()).length).toBeLessThan(kept);
  });

  it('pages through the history by kind and time without a gap', async () => {
    const at = new Date('2026-03-01T12:00:00.000Z');
    await db.insert(lockHistory).values(
      Array.from({ length: 120 }, (_none, index) => ({
        lockId: lock.id,
        homeId: home.id,
        at: new Date(at.getTime() + Math.floor(index / 4)),
        kind: index % 2 === 0 ? ('door' as const) : ('battery' as const),
        value: index % 2 === 0 ? { door: 'open' } : { percent: 5, level: 'low' },
        isTold: false,
      })),
    );
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await read(`history?from=2026-03-01&until=2026-03-01${after}`);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      after = body.next === null ? '' : `&after=${body.next}`;
    } while (after !== '');
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    expect((await read('history?kind=battery&until=2026-02-28')).body.items).toEqual([]);
    expect((await read('history?kind=weather')).status).toBe(400);
    expect((await read('history?after=nonsense')).status).toBe(400);
  });
});
