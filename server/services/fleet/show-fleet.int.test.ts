import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { locks } from '@/drizzle/schema';
import { showFleet as contract, type Fleet } from '@/server/contracts/fleet';
import { anonymous, type Principal } from '@/server/domain/principal';
import { supporterOf } from '@/server/testing/audit-ground';
import type { Person } from '@/server/testing/factories';
import { fleetPast } from '@/server/testing/fleet-past';
import { ground } from '@/server/testing/ground';
import { showFleet } from './show-fleet';

const factory = ground();
const past = fleetPast(factory);
const { deps } = factory;

let project: number;
let owner: Person;
let homeId: number;
let door: { lockId: number; homeId: number };

beforeEach(async () => {
  project = (await factory.project()).id;
  owner = await factory.person(project);
  homeId = (await factory.home(owner)).id;
  door = { lockId: (await factory.lock(homeId)).id, homeId };
});

const show = (query: object, principal: Principal = supporterOf([project])): Promise<Fleet> =>
  showFleet(deps, { principal }, { query: contract.query?.parse(query) as never });
const inOslo = { timezone: 'Europe/Oslo' };
const hoursOf = ({ from, to }: { from: string; to: string }) =>
  (Date.parse(to) - Date.parse(from)) / 3_600_000;
const march = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };

describe('the pieces of a time', () => {
  it('are days of the calendar: the one in which the clocks go forward has 23 hours', async () => {
    await past.opening(door, '2026-03-28T23:00:00Z');
    await past.opening(door, '2026-03-29T21:59:59.999Z');
    await past.opening(door, '2026-03-29T22:00:00Z');
    const fleet = await show({ from: '2026-03-28T11:00:00Z', to: '2026-03-30T11:00:00Z', ...inOslo });
    expect([fleet.from, fleet.to]).toEqual(['2026-03-27T23:00:00.000Z', '2026-03-30T22:00:00.000Z']);
    expect(fleet.buckets.map(hoursOf)).toEqual([24, 23, 24]);
    expect(fleet.buckets.map(({ openings }) => openings.confirmed)).toEqual([0, 2, 1]);
    expect(fleet.total.openings.confirmed).toBe(3);
  });

  it('are hours of which a day has 25 when the clocks go back, the one that comes twice in two', async () => {
    await past.opening(door, '2026-10-25T00:30:00Z');
    await past.opening(door, '2026-10-25T01:30:00Z');
    const fleet = await show({
      from: '2026-10-24T22:00:00Z',
      to: '2026-10-25T23:00:00Z',
      by: 'hour',
      ...inOslo,
    });
    expect(fleet.buckets).toHaveLength(25);
    expect(fleet.buckets.map(({ openings }) => openings.confirmed).slice(0, 5)).toEqual([0, 0, 1, 1, 0]);
    expect(new Set(fleet.buckets.map(hoursOf))).toEqual(new Set([1]));
  });

  it('are cut where hours of the zone begin', async () => {
    const query = {
      from: '2026-03-01T00:10:00Z',
      to: '2026-03-01T00:20:00Z',
      by: 'hour',
      timezone: 'Asia/Kolkata',
    };
    const { buckets } = await show(query);
    expect(buckets.map(({ from }) => from)).toEqual(['2026-02-28T23:30:00.000Z']);
  });

  it('are there without anything in them', async () => {
    const fleet = await show({ from: '2001-01-01T00:00:00Z', to: '2001-02-01T00:00:00Z' });
    expect(fleet.buckets).toHaveLength(31);
    for (const { from: _from, to: _to, ...figures } of fleet.buckets) expect(figures).toEqual(fleet.total);
    expect(fleet.total).toEqual({
      openings: { confirmed: 0, failed: 0, expired: 0, running: 0, refused: 0 },
      deviceEvents: 0,
      messages: {
        mail: { count: 0, failed: 0 },
        sms: { count: 0, failed: 0 },
        push: { count: 0, failed: 0 },
        webhook: { count: 0, failed: 0 },
      },
    });
  });

  it.each([
    ['ends before it begins', { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }],
    ['has 63 days', { from: '2026-03-01T00:00:00Z', to: '2026-05-03T00:00:00Z' }],
    ['has 8 days by hour', { from: '2026-03-01T00:00:00Z', to: '2026-03-09T00:00:00Z', by: 'hour' }],
  ])('of a time that %s are not counted', async (_what, query) => {
    await expect(show(query)).rejects.toMatchObject({ code: 'invalid', issues: [{ field: 'to' }] });
  });
});

describe('what is counted', () => {
  it('openings are told apart by what came of them', async () => {
    const states = [
      'confirmed',
      'confirmed',
      'failed',
      'expired',
      'unresolved',
      'accepted',
      'pending',
    ] as const;
    // Of now: those that run would be ended by the bridge as soon as their time is over.
    const at = new Date().toISOString();
    for (const status of states) await past.opening(door, at, status);
    await past.refusal(door, at);
    const to = new Date(Date.parse(at) + 1).toISOString();
    const { total, buckets } = await show({ from: at, to, by: 'hour' });
    expect(total.openings).toEqual({ confirmed: 2, failed: 1, expired: 1, running: 3, refused: 1 });
    expect(buckets).toMatchObject([{ openings: total.openings }]);
  });

  it('their time runs from sent to confirmed, per piece and over all, without those that shared an actuation', async () => {
    for (const tookMs of [100, 200, 300])
      await past.opening(door, '2026-03-01T10:00:00Z', 'confirmed', { tookMs });
    const first = await past.opening(door, '2026-03-01T12:10:00Z', 'confirmed', { tookMs: 1_100 });
    await past.opening(door, '2026-03-01T12:10:01Z', 'confirmed', { tookMs: 9_000, joined: first });
    const fleet = await show({ from: '2026-03-01T10:00:00Z', to: '2026-03-01T13:00:00Z', by: 'hour' });
    expect(fleet.buckets.map(({ latency }) => latency)).toEqual([
      { count: 3, p50Ms: 200, p95Ms: 290 },
      undefined,
      { count: 1, p50Ms: 1_100, p95Ms: 1_100 },
    ]);
    expect(fleet.total.latency).toEqual({ count: 4, p50Ms: 250, p95Ms: 980 });
  });

  it('events of devices, and messages with those that were given up', async () => {
    // Lately: what was sent long ago is forgotten.
    const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    const at = `${day}T23:59:59Z`;
    const end = new Date(Date.parse(at) + 1_000).toISOString();
    await past.deviceEvents(homeId, at, 7);
    await past.message(project, 'mail', at, 'sent');
    await past.message(project, 'mail', at, 'failed');
    await past.message(project, 'sms', at, 'failed');
    await past.push(owner, at, 'failed');
    await past.webhook(project, at, 'delivered');
    await past.webhook(project, end, 'failed');
    const { total } = await show({ from: `${day}T00:00:00Z`, to: end });
    expect(total.deviceEvents).toBe(7);
    expect(total.messages).toEqual({
      mail: { count: 2, failed: 1 },
      sms: { count: 1, failed: 1 },
      push: { count: 1, failed: 1 },
      webhook: { count: 1, failed: 0 },
    });
  });

  it('who can be reached now: a device by a channel whose lease runs', async () => {
    const [there, gone] = [await factory.device(project, homeId), await factory.device(project)];
    await past.channel(there.id, 60_000);
    await past.channel(there.id, 60_000);
    await past.channel(gone.id, -1);
    await deps.db.update(locks).set({ reachable: true }).where(eq(locks.id, door.lockId));
    await factory.hub({ id: homeId, projectId: project });
    expect((await show(march)).now).toEqual({
      devices: { connected: 1, total: 2 },
      locks: { connected: 1, total: 1 },
      hubs: { connected: 0, total: 1 },
    });
  });
});

describe('whose figures they are', () => {
  it('nothing of another project is counted, its doors that came here included', async () => {
    const stranger = await factory.person((await factory.project()).id);
    const theirs = (await factory.home(stranger)).id;
    const elsewhere = { lockId: (await factory.lock(theirs)).id, homeId: theirs };
    const at = '2026-03-01T10:00:00Z';
    await past.opening(elsewhere, at);
    await past.refusal(elsewhere, at);
    await past.deviceEvents(theirs, at, 3);
    await past.message(stranger.user.projectId, 'mail', at, 'failed');
    await past.push(stranger, at, 'failed');
    await past.webhook(stranger.user.projectId, at, 'failed');
    await past.channel((await factory.device(stranger.user.projectId, theirs)).id, 60_000);
    const nothing = await show({ from: '2001-01-01T00:00:00Z', to: '2001-01-02T00:00:00Z' });
    await deps.db.update(locks).set({ projectId: project }).where(eq(locks.id, elsewhere.lockId));
    const ours = await show(march);
    expect(ours.total).toEqual(nothing.total);
    expect(ours.now.devices).toEqual({ connected: 0, total: 0 });
    await deps.db
      .update(locks)
      .set({ projectId: stranger.user.projectId })
      .where(eq(locks.id, elsewhere.lockId));
    const both = supporterOf([project, stranger.user.projectId]);
    expect((await show(march, both)).total.openings).toMatchObject({ confirmed: 1, refused: 1 });
    expect((await show({ ...march, project }, both)).total).toEqual(nothing.total);
    await expect(show({ ...march, project: stranger.user.projectId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('with no project there is nothing, and nobody but staff is told', async () => {
    await past.opening(door, '2026-03-01T10:00:00Z');
    expect((await show(march, supporterOf([]))).total.openings.confirmed).toBe(0);
    await expect(show(march, anonymous)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(show(march, { kind: 'superKey', keyId: 'k' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
