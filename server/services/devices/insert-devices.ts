import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { hashToken, modeToken } from '../secrets';
import type { DeviceRow } from './view';

export interface NewDevice {
  row: DeviceRow;
  /** Shown this once; only its hash is kept. */
  apiKey: string;
}

/** Writes devices and mints their keys, which name the id (mode-api 1.3) and so can be made only after the rows. */
export async function insertDevices(
  executor: Executor,
  wanted: readonly Omit<typeof devices.$inferInsert, 'keyHash'>[],
  now: Date,
): Promise<NewDevice[]> {
  const rows = await executor
    .insert(devices)
    .values(wanted.map((values) => ({ ...values, createdAt: now, keyHash: randomBytes(32) })))
    .returning();
  const made = rows.map((row) => ({ row, apiKey: modeToken('d', row.id, now) }));
  const hashes = made.map(({ row, apiKey }) => ({ id: row.id, hash: hashToken(apiKey).toString('hex') }));
  await executor.execute(sql`
    update devices set key_hash = decode(made.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(hashes)}::text::jsonb) as made(id bigint, hash text)
    where devices.id = made.id`);
  return made;
}
