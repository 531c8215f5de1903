import { and, count, eq, lt, type SQL, sql } from 'drizzle-orm';
import { deviceConnections, devices } from '@/drizzle/schema';
import { toTimestamp } from '../../contracts/values';
import type { Deps } from '../deps';
import { recordEvent } from '../events/record-event';

/** Ends those connections of a device that `which` names; when none is left the device is disconnected. */
async function endConnections(deps: Deps, deviceId: number, which: SQL): Promise<void> {
  const now = deps.clock.now();
  const event = await deps.db.transaction(async (tx) => {
    const [device] = await tx.select().from(devices).where(eq(devices.id, deviceId)).for('no key update');
    if (device === undefined) return undefined;
    const gone = await tx
      .delete(deviceConnections)
      .where(and(eq(deviceConnections.deviceId, deviceId), which))
      .returning({ id: deviceConnections.id });
    if (gone.length === 0 || !device.isConnected) return undefined;
    const [{ open } = { open: 0 }] = await tx
      .select({ open: count() })
      .from(deviceConnections)
      .where(eq(deviceConnections.deviceId, deviceId));
    if (open > 0) return undefined;
    await tx
      .update(devices)
      .set({ isConnected: false, lastDisconnectTime: now })
      .where(eq(devices.id, deviceId));
    if (device.homeId === null) return undefined;
    return recordEvent(tx, {
      eventType: '_deviceDisconnected_',
      eventData: {},
      timestamp: toTimestamp(now),
      homeId: device.homeId,
      originDeviceId: deviceId,
      originDeviceClass: device.deviceClass,
    });
  });
  deps.bus.announce([event]);
}

/**
 * A device's command channel has closed: the last one makes it disconnected and tells its home (mode-api 6.2). Closing
 * twice, or after an eviction, does nothing.
 */
export function closeConnection(
  deps: Deps,
  { id, deviceId }: { id: string; deviceId: number },
): Promise<void> {
  return endConnections(deps, deviceId, eq(deviceConnections.id, id));
}

const sweepMost = 500;

/** Closes what a dead node has left open. Gives the number of devices that were looked at. */
export async function closeExpiredConnections(deps: Deps): Promise<number> {
  const isExpired = lt(deviceConnections.leasedUntil, sql`clock_timestamp()`);
  const rows = await deps.db
    .selectDistinct({ deviceId: deviceConnections.deviceId })
    .from(deviceConnections)
    .where(isExpired)
    .limit(sweepMost);
  for (const { deviceId } of rows) await endConnections(deps, deviceId, isExpired);
  return rows.length;
}
