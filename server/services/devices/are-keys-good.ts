import { sql } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { Deps } from '../deps';

/** Looks at the keys of these devices as they stand now; the answer tells whether one still opens its device. */
export async function areKeysGood(
  { db }: Pick<Deps, 'db'>,
  deviceIds: readonly number[],
): Promise<(deviceId: number, keyHash: Buffer) => boolean> {
  const rows =
    deviceIds.length === 0
      ? []
      : await db
          .select({ id: devices.id, keyHash: devices.keyHash })
          .from(devices)
          .where(sql`${devices.id} = any(${`{${deviceIds.join(',')}}`}::bigint[])`);
  const keys = new Map(rows.map(({ id, keyHash }) => [id, keyHash]));
  return (deviceId, keyHash) => keys.get(deviceId)?.equals(keyHash) === true;
}
