import { randomUUID } from 'node:crypto';
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import { deviceConnections, devices } from '@/drizzle/schema';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { recordEvent } from '../events/record-event';

/** How long a connection counts without being renewed; a node that died is noticed after this. */
export const leaseMs = 30_000;
/** mode-api 6.2, 10. */
export const connectionsPerDevice = 5;

const connectionColumns = { id: deviceConnections.id };
/** The database's clock, so that nodes with wrong ones agree. */
export const leasedUntil = sql`clock_timestamp() + make_interval(secs => ${leaseMs / 1000}::double precision)`;

/**
 * A device's command channel opens (mode-api 6.2): the first one makes it connected and tells its home, the sixth ends
 * the oldest, on whatever node that is. Gives the id of the connection, to be closed with `closeConnection` and kept
 * alive with `renewConnections`. Raises `not_found` for no such device, `forbidden` for another device's key.
 */
export async function openConnection(
  deps: Deps,
  { principal }: Pick<Caller, 'principal'>,
  { deviceId, node }: { deviceId: number; node: string },
): Promise<string> {
  const id = randomUUID();
  const now = deps.clock.now();
  const { evicted, event } = await deps.db.transaction(async (tx) => {
    // The device's row orders all that opens and closes; its home's row comes after it, here and everywhere.
    const [device] = await tx.select().from(devices).where(eq(devices.id, deviceId)).for('no key update');
    authorise('devices.listen', principal, {
      exists: device !== undefined,
      projectId: device?.projectId ?? null,
      subjectDeviceId: deviceId,
    });
    if (device === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    await tx
      .insert(deviceConnections)
      .values({ id, deviceId, node, openedAt: sql`clock_timestamp()`, leasedUntil });
    const [{ open } = { open: 0 }] = await tx
      .select({ open: count() })
      .from(deviceConnections)
      .where(eq(deviceConnections.deviceId, deviceId));
    const oldest =
      open <= connectionsPerDevice
        ? []
        : await tx
            .select(connectionColumns)
            .from(deviceConnections)
            .where(eq(deviceConnections.deviceId, deviceId))
            .orderBy(asc(deviceConnections.openedAt))
            .limit(open - connectionsPerDevice);
    const ids = oldest.map((row) => row.id);
    if (ids.length > 0) {
      await tx
        .delete(deviceConnections)
        .where(and(eq(deviceConnections.deviceId, deviceId), inArray(deviceConnections.id, ids)));
    }
    if (device.isConnected) return { evicted: ids, event: undefined };
    await tx.update(devices).set({ isConnected: true, lastConnectTime: now }).where(eq(devices.id, deviceId));
    if (device.homeId === null) return { evicted: ids, event: undefined };
    const told = await recordEvent(tx, {
      eventType: '_deviceConnected_',
      eventData: {},
      timestamp: toTimestamp(now),
      homeId: device.homeId,
      originDeviceId: deviceId,
      originDeviceClass: device.deviceClass,
    });
    return { evicted: ids, event: told };
  });
  deps.bus.announce([event]);
  for (const one of evicted) deps.bus.revoke({ kind: 'connection', id: one });
  return id;
}
