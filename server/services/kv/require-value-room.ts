import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/client';
import { quotaReached } from '../projects/require-quota';

/** Columns that the statement of a put returns beside the key: the limit of the home, and how large the pair was. */
export interface PutFacts extends Record<string, unknown> {
  /** Null: no limit. */
  most: string | null;
  before: string | null;
}

/** For the `returning` of a put; a subquery there sees the rows as they were before it. */
export const putFacts = (homeId: number | null, pair: SQL): SQL => sql`
  (select quotas->>'maxValueBytesPerHome' from projects where id = (select project_id from homes where id = ${homeId}::bigint)) as most,
  (select (octet_length(key) + octet_length(value))::text from ${pair}) as before`;

/**
 * Asks, after a put and with the row of the home held, whether the pairs of a home and of its devices are more than its
 * project lets them be; a put that makes a pair smaller is never refused. Raises `forbidden`
 * EXCEEDED_MAX_VALUE_BYTES_PER_HOME, which undoes the put.
 */
export async function requireValueRoom(
  tx: Transaction,
  homeId: number,
  { most, before }: PutFacts,
  bytes: number,
): Promise<void> {
  if (most === null || bytes <= Number(before ?? 0)) return;
  const [row] = await tx.execute<{ bytes: string }>(sql`
    select (
      (select coalesce(sum(octet_length(key) + octet_length(value)), 0) from home_values where home_id = ${homeId})
      + (select coalesce(sum(octet_length(v.key) + octet_length(v.value)), 0)
         from device_values v join devices d on d.id = v.device_id where d.home_id = ${homeId}))::text as bytes`);
  if (Number(row?.bytes ?? 0) > Number(most)) throw quotaReached('maxValueBytesPerHome', Number(most));
}
