import { and, eq } from 'drizzle-orm';
import { favouriteDoors, hubs, shadows } from '@/drizzle/schema';
import type { getDoorSettings as operation } from '../../contracts/door-settings';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toClock } from '../../domain/access/wire-window';
import { Failure } from '../../domain/errors';
import { firmwareOf } from '../../domain/lock/firmware';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock, lockThing } from './load-lock';
import { nightOf } from './load-state';
import { toDoorReport, toLockFacts } from './view';

/** GET /locks/{id}/settings (ours): what is set at a door, and what is known of its lock. */
export async function getDoorSettings(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { lock, facts } = await loadLock(db, principal, params.id);
  authorise('locks.settings', principal, facts);
  if (lock === undefined || principal.kind !== 'user') throw new Failure('not_found');
  const thing = lockThing(lock.uuid);
  const [favourite] = await db
    .select({ place: favouriteDoors.place })
    .from(favouriteDoors)
    .where(and(eq(favouriteDoors.userId, principal.userId), eq(favouriteDoors.lockId, lock.id)));
  const [hub] =
    lock.hubId === null
      ? []
      : await db.select({ id: hubs.id, serial: hubs.serial }).from(hubs).where(eq(hubs.id, lock.hubId));
  const [shadow] = await db
    .select({ state: shadows.state })
    .from(shadows)
    .where(and(eq(shadows.thing, thing), eq(shadows.name, ''), eq(shadows.deleted, false)));
  const firmware = shadow === undefined ? undefined : firmwareOf(shadow.state);
  const night = nightOf(lock);
  return {
    ...toDoorReport(lock),
    ...toLockFacts(lock),
    uuid: lock.uuid,
    name: lock.name,
    gesture: lock.gesture,
    night:
      night === null
        ? null
        : { gesture: night.gesture, from: toClock(night.fromMinute), until: toClock(night.untilMinute) },
    remote: lock.remoteGesture,
    favourite: favourite !== undefined,
    ...(lock.serialNumber === null ? {} : { serialNumber: lock.serialNumber }),
    ...(lock.vendorName === null ? {} : { vendorName: lock.vendorName }),
    ...(hub === undefined
      ? {}
      : { hub: { id: hub.id, ...(hub.serial === null ? {} : { serial: hub.serial }) } }),
    version: lock.version,
    thing,
    ...(firmware === undefined ? {} : { firmware }),
  };
}
