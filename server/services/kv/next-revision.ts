import { and, eq, isNull, sql } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { movedMeanwhile } from '../devices/admit';
import type { DeviceRow } from '../devices/view';

/**
 * Counts a change of a device's key-value data and holds the device's row, so that revisions are as strictly ordered
 * as the changes (mode-api 7). To be called before the home's log is written: a device is locked before its home.
 */
export async function nextRevision(
  executor: Executor,
  device: Pick<DeviceRow, 'id' | 'homeId'>,
): Promise<number> {
  const [row] = await executor
    .update(devices)
    .set({ kvRevision: sql`${devices.kvRevision} + 1` })
    .where(
      and(
        eq(devices.id, device.id),
        device.homeId === null ? isNull(devices.homeId) : eq(devices.homeId, device.homeId),
      ),
    )
    .returning({ revision: devices.kvRevision });
  if (row === undefined) throw movedMeanwhile();
  return row.revision;
}
