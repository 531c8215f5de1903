import { and, eq, isNull } from 'drizzle-orm';
import { devices, things } from '@/drizzle/schema';
import type { deleteDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { admit, movedMeanwhile } from './admit';
import { recordPresence } from './record-presence';

/**
 * DELETE /devices/{deviceId} (mode-api 5.6): a pre-provisioned device only leaves its home and keeps key and claim
 * code; one made on demand is destroyed, its key revoked and its connections closed.
 */
export async function deleteDevice(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const device = await admit(deps, caller, 'devices.delete', params.deviceId);
  const here = and(
    eq(devices.id, device.id),
    device.homeId === null ? isNull(devices.homeId) : eq(devices.homeId, device.homeId),
  );
  const line = await deps.db.transaction(async (tx) => {
    const gone = device.isOnDemand
      ? await tx.delete(devices).where(here).returning({ id: devices.id })
      : await tx.update(devices).set({ homeId: null }).where(here).returning({ id: devices.id });
    if (gone.length === 0) throw movedMeanwhile();
    await recordDeed(tx, caller.principal, {
      projectId: device.projectId,
      homeId: device.homeId,
      action: device.isOnDemand ? 'device.delete' : 'device.release',
      subject: { kind: 'device', id: String(device.id) },
      address: caller.address ?? null,
      at: deps.clock.now(),
    });
    // Its certificates go with the thing of its shadow.
    if (device.isOnDemand) await tx.delete(things).where(eq(things.name, `device-${device.id}`));
    return device.homeId === null ? undefined : recordPresence(tx, device.homeId, device.id, 'removed');
  });
  deps.bus.announce([line]);
  if (device.isOnDemand) deps.bus.revoke({ kind: 'device', id: device.id });
}
