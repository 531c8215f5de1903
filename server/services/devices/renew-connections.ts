import { and, eq, sql } from 'drizzle-orm';
import { deviceConnections } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { leasedUntil } from './open-connection';

/** Keeps the connections of a node alive. Gives those that still count; the others were evicted or swept meanwhile. */
export async function renewConnections(
  { db }: Pick<Deps, 'db'>,
  node: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .update(deviceConnections)
    .set({ leasedUntil })
    .where(
      and(
        eq(deviceConnections.node, node),
        sql`${deviceConnections.id} = any(${`{${ids.join(',')}}`}::uuid[])`,
      ),
    )
    .returning({ id: deviceConnections.id });
  return new Set(rows.map((row) => row.id));
}
