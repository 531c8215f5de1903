import { eq, sql } from 'drizzle-orm';
import { devices, deviceValues } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { listText } from './pair';

/**
 * What a device is told right after it subscribed to its key-value data: all of it, with the revision it stands at, as
 * JSON text (mode-api 7). Read in one statement, so that both are of one moment. Undefined: no such device.
 */
export async function reloadText(db: Database, deviceId: number): Promise<string | undefined> {
  const rows = await db
    .select({
      revision: devices.kvRevision,
      key: deviceValues.key,
      value: deviceValues.value,
      modifiedAt: deviceValues.modifiedAt,
    })
    .from(devices)
    .leftJoin(deviceValues, eq(deviceValues.deviceId, devices.id))
    .where(eq(devices.id, deviceId))
    .orderBy(sql`${deviceValues.key} collate "C"`);
  const [first] = rows;
  if (first === undefined) return undefined;
  const items = rows.flatMap(({ key, value, modifiedAt }) =>
    key === null || value === null || modifiedAt === null ? [] : [{ key, value, modifiedAt }],
  );
  return `{"action":"reload","rev":${first.revision},"numItems":${items.length},"items":${listText(items)}}`;
}
