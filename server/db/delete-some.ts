import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from './client';

const batch = 5_000;

/**
 * Deletes rows of a table that fit a condition, so many at most that nobody waits for the statement. Gives their number:
 * whoever wants all gone calls again while there is any.
 */
export async function deleteSome(
  db: Pick<Executor, 'execute'>,
  table: string,
  condition: SQL,
): Promise<number> {
  const name = sql.identifier(table);
  const gone = await db.execute(
    sql`delete from ${name} where id in (select id from ${name} where ${condition} limit ${batch}) returning id`,
  );
  return gone.length;
}
