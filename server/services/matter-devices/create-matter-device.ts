import { and, eq } from 'drizzle-orm';
import { locks, things } from '@/drizzle/schema';
import { envelope } from '../../contracts/envelope';
import type { createMatterDevice as operation } from '../../contracts/matter-devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Transaction } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { isThingName } from '../../domain/topics';
import type { Caller, Deps } from '../deps';
import { type HubRow, holdHub, isHubId, loadHub } from '../hubs/load-hub';
import { lockUuid } from '../locks/load-lock';
import { createIdleThing } from '../things/create-thing';
import { insertMatterDevice } from './insert-matter-device';
import { loadMatterDevice } from './load-matter-device';

/** Names of things that are no Matter devices. */
const reserved = /^(lock|hub|device|svc)[-:]/;

/** The lock whose thing it is, when that lock stands behind this hub; null for another thing, which is made. */
async function ownThing(tx: Transaction, hub: HubRow, thingName: string): Promise<number | null> {
  const uuid = lockUuid(thingName);
  if (uuid !== undefined && isHubId(uuid)) {
    const [lock] = await tx
      .select({ id: locks.id })
      .from(locks)
      .where(and(eq(locks.uuid, uuid), eq(locks.hubId, hub.id)));
    if (lock === undefined) throw invalidField('thingName', 'is no lock behind this hub');
    return lock.id;
  }
  if (!isThingName(thingName) || reserved.test(thingName))
    throw invalidField('thingName', 'cannot be the thing of a Matter device');
  const [taken] = await tx.select({ name: things.name }).from(things).where(eq(things.name, thingName));
  if (taken !== undefined) throw invalidField('thingName', 'is taken');
  await createIdleThing(tx, { name: thingName, kind: 'matter', projectId: hub.projectId });
  return null;
}

/** POST /matter-devices/{id}/CreateMatterDevice (lock-api 7); a second call records nothing. Raises `invalid`. */
export async function createMatterDevice(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, body.hubId);
  authorise('matterDevices.create', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  const repeated = async () => {
    const known = await loadMatterDevice(db, principal, params.id);
    if (known.device === undefined) return undefined;
    authorise('matterDevices.create', principal, known.facts);
    return envelope(params.id, known.device.version, null);
  };
  const before = await repeated();
  if (before !== undefined) return before;
  try {
    return await db.transaction(async (tx) => {
      const held = await holdHub(tx, hub.id);
      if (held === undefined || held.projectId !== hub.projectId) throw new Failure('not_found');
      const { thingName, deviceType = 'generic' } = body;
      const lockId = await ownThing(tx, held, thingName);
      const made = { id: params.id, thingName, deviceType, lockId };
      const { version, event } = await insertMatterDevice(tx, held, made, clock.now());
      return envelope(params.id, version, event);
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const after = await repeated();
    if (after === undefined) throw invalidField('thingName', 'is taken');
    return after;
  }
}
