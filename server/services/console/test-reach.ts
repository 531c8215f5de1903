import { and, eq, gt, isNull } from 'drizzle-orm';
import { deviceConnections, devices, hubs, locks, shadows } from '@/drizzle/schema';
import type { testReach as operation, ReachTest } from '../../contracts/console-actions';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { isHubId } from '../hubs/load-hub';
import { lockThing } from '../locks/load-lock';
import { loadSupportedHome } from './load-supported';
import { recordHomeDeed } from './record-support';

type Sign = ReachTest['signs'][number];
type Says = Sign['says'];
type Reading = Pick<Deps, 'db' | 'clock'>;

const at = (moment: Date | null | undefined) => (moment == null ? {} : { at: toTimestamp(moment) });
const saysOf = (reachable: boolean | null): Says =>
  reachable === null ? 'unknown' : reachable ? 'there' : 'away';
const missing = () => new Failure('not_found', { reason: 'NOT_FOUND' });

/** When the shadow of a thing was written last: that it was says nothing of the thing itself. */
async function shadowSign({ db }: Reading, thing: string): Promise<Sign> {
  const [row] = await db
    .select({ at: shadows.updatedAt })
    .from(shadows)
    .where(and(eq(shadows.thing, thing), eq(shadows.name, '')));
  return { how: 'shadow', says: 'unknown', ...at(row?.at) };
}

async function ofDevice(deps: Reading, homeId: number, id: number): Promise<Sign[]> {
  const [device] = await deps.db
    .select()
    .from(devices)
    .where(and(eq(devices.id, id), eq(devices.homeId, homeId)));
  if (device === undefined) throw missing();
  const open = await deps.db
    .select({ id: deviceConnections.id })
    .from(deviceConnections)
    .where(and(eq(deviceConnections.deviceId, id), gt(deviceConnections.leasedUntil, deps.clock.now())));
  const isThere = open.length > 0;
  return [
    {
      how: 'connections',
      says: isThere ? 'there' : 'away',
      count: open.length,
      ...at(isThere ? device.lastConnectTime : device.lastDisconnectTime),
    },
    { how: 'report', says: 'unknown', ...at(device.lastEventTime) },
  ];
}

async function ofHub(deps: Reading, homeId: number, id: string): Promise<Sign[]> {
  const [hub] = isHubId(id)
    ? await deps.db
        .select()
        .from(hubs)
        .where(and(eq(hubs.id, id), eq(hubs.homeId, homeId)))
    : [];
  if (hub === undefined) throw missing();
  return [
    { how: 'presence', says: saysOf(hub.reachable), ...at(hub.reachableSince) },
    { how: 'report', says: 'unknown', ...at(hub.lastSeenAt) },
    await shadowSign(deps, hub.thingName),
  ];
}

async function ofLock(deps: Reading, homeId: number, id: number): Promise<Sign[]> {
  const [row] = await deps.db
    .select({ lock: locks, hub: hubs })
    .from(locks)
    .leftJoin(hubs, eq(hubs.id, locks.hubId))
    .where(and(eq(locks.id, id), eq(locks.homeId, homeId), isNull(locks.removedAt)));
  if (row === undefined) throw missing();
  const { lock, hub } = row;
  return [
    { how: 'presence', says: saysOf(lock.reachable), ...at(lock.reachableSince) },
    ...(hub === null
      ? []
      : [{ how: 'hub', says: saysOf(hub.reachable), ...at(hub.reachableSince) } satisfies Sign]),
    { how: 'report', says: 'unknown', ...at(lock.reportedAt) },
    await shadowSign(deps, lockThing(lock.uuid)),
  ];
}

/** One sign that it is away outweighs others: a lock behind a hub that is gone cannot be reached. */
function verdictOf(signs: readonly Sign[]): Says {
  const says = signs.map((sign) => sign.says);
  return says.includes('away') ? 'away' : says.includes('there') ? 'there' : 'unknown';
}

/**
 * POST /staff/homes/{homeId}/test-reach: what is known of whether a thing can be reached, and how it is known. Nothing is
 * sent to the thing and nothing written into its shadow: a test must not move a door. Raises `not_found`.
 */
export async function testReach(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<ReachTest> {
  const { home, staff } = await loadSupportedHome(deps.db, 'staff.testReach', principal, params.homeId);
  const { kind, id } = body;
  const number = /^\d{1,15}$/.test(id) ? Number(id) : 0;
  const signs =
    kind === 'hub'
      ? await ofHub(deps, home.id, id)
      : await (kind === 'lock' ? ofLock : ofDevice)(deps, home.id, number);
  const verdict = verdictOf(signs);
  await deps.db.transaction((tx) =>
    recordHomeDeed(deps, tx, { staff, address }, home, {
      action: `${kind}.test-reach`,
      reason: body.reason,
      subject: { kind, id },
      data: { verdict },
    }),
  );
  return { kind, id, verdict, testedAt: toTimestamp(deps.clock.now()), signs };
}
