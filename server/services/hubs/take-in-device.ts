import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { locks, matterDevices, things } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { doorLockType, type PairedDevice } from '../../domain/hub/commissioning';
import { insertLock } from '../locks/create-lock';
import { lockThing } from '../locks/load-lock';
import { insertMatterDevice } from '../matter-devices/insert-matter-device';
import { createIdleThing } from '../things/create-thing';
import { type HubRow, isHubId } from './load-hub';

export interface TakenIn {
  deviceId: string;
  lockId: number | null;
}

/** A uuid that a hub's own name for a device always gives, so that the same device told twice is one. */
function uuidOf(hubId: string, deviceId: string): string {
  const bytes = createHash('sha256').update(`${hubId}/${deviceId}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The lock behind this hub, made when there is none; undefined when its uuid is another hub's or home's. A lock without
 * a hub is taken only when it bore this hub's own name for it before.
 */
async function lockOf(
  tx: Transaction,
  hub: HubRow & { homeId: number },
  { uuid, isOwn }: { uuid: string; isOwn: boolean },
  device: PairedDevice,
  at: Date,
): Promise<number | undefined> {
  const [known] = await tx.select().from(locks).where(eq(locks.uuid, uuid)).for('update');
  if (known !== undefined) {
    const isOurs = known.hubId === hub.id || (known.hubId === null && isOwn);
    if (known.homeId !== hub.homeId || !isOurs) return undefined;
    await tx.update(locks).set({ hubId: hub.id }).where(eq(locks.id, known.id));
    return known.id;
  }
  const { id: hubId, homeId, projectId } = hub;
  // Within the report's own transaction: neither is ever known without the other.
  const { lock } = await insertLock(tx, { projectId, homeId, hubId, uuid, name: device.name ?? 'Lock' }, at);
  return lock.id;
}

/**
 * Takes in a device that a hub says it has paired, once: a door lock becomes a lock of the hub's home behind that hub,
 * anything else a thing that the hub speaks for (lock-api 6.3). What the hub names can never become a device of another
 * hub or home. The caller holds the hub's row.
 */
export async function takeInDevice(
  tx: Transaction,
  hub: HubRow,
  device: PairedDevice,
  at: Date,
): Promise<TakenIn> {
  const own = uuidOf(hub.id, device.id);
  const told = device.uuid !== undefined && isHubId(device.uuid) ? device.uuid : undefined;
  for (const uuid of [...(told === undefined ? [] : [told]), own, randomUUID()]) {
    const isLock = device.deviceType === doorLockType && hub.homeId !== null;
    const thingName = isLock ? lockThing(uuid) : `matter-${uuid}`;
    const [known] = await tx.select().from(matterDevices).where(eq(matterDevices.thingName, thingName));
    if (known !== undefined) {
      if (known.hubId !== hub.id) continue;
      return { deviceId: known.id, lockId: known.lockId };
    }
    let lockId: number | null = null;
    if (hub.homeId !== null && isLock) {
      const lock = await lockOf(
        tx,
        { ...hub, homeId: hub.homeId },
        { uuid, isOwn: uuid === own },
        device,
        at,
      );
      if (lock === undefined) continue;
      lockId = lock;
    } else {
      const [taken] = await tx.select({ name: things.name }).from(things).where(eq(things.name, thingName));
      if (taken !== undefined) continue;
      await createIdleThing(tx, { name: thingName, kind: 'matter', projectId: hub.projectId });
    }
    await insertMatterDevice(
      tx,
      hub,
      { id: thingName, thingName, deviceType: device.deviceType, lockId },
      at,
    );
    return { deviceId: thingName, lockId };
  }
  throw new Error('a paired device has no free name');
}
