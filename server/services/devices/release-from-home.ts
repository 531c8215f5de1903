import { and, eq, isNull } from 'drizzle-orm';
import { devices, things } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { HomeEvent } from '../../event-store/outbox';
import { movedMeanwhile } from './admit';
import { recordPresence } from './record-presence';
import type { DeviceRow } from './view';

/**
 * Takes a device out of its home in the caller's transaction: one made on demand is destroyed, any other keeps key and
 * claim code. Whoever calls has asked the permission table and revokes a destroyed one after commit. Raises `unavailable`
 * when it has moved meanwhile.
 */
export async function releaseFromHome(executor: Executor, device: DeviceRow): Promise<HomeEvent | undefined> {
  const here = and(
    eq(devices.id, device.id),
    device.homeId === null ? isNull(devices.homeId) : eq(devices.homeId, device.homeId),
  );
  const gone = device.isOnDemand
    ? await executor.delete(devices).where(here).returning({ id: devices.id })
    : await executor.update(devices).set({ homeId: null }).where(here).returning({ id: devices.id });
  if (gone.length === 0) throw movedMeanwhile();
  // Its certificates go with the thing of its shadow.
  if (device.isOnDemand) await executor.delete(things).where(eq(things.name, `device-${device.id}`));
  return device.homeId === null ? undefined : recordPresence(executor, device.homeId, device.id, 'removed');
}
