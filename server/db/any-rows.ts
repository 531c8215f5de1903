import { type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from './client';
import { prepared } from './prepared';

/** A moment in a query: known, or given when a prepared query is run. */
export type Moment = Date | SQLWrapper;

/**
 * Tells whether any of these queries has a row at a moment: one prepared statement in place of all of them, for timers
 * that mostly find nothing. The queries themselves are asked then; there is no second copy of what they look for.
 */
export function anyRows(
  name: string,
  queries: (db: Database, now: SQLWrapper) => readonly SQLWrapper[],
): (db: Database, now: Date) => Promise<boolean> {
  const statement = prepared((db) => {
    const exist = queries(db, sql.placeholder('now')).map((query) => sql`exists ${query}`);
    return db
      .select({ isAny: sql<boolean>`${sql.join(exist, sql` or `)}` })
      .from(sql`(values (1)) as once`)
      .prepare(name);
  });
  return async (db, now) => {
    // As text: a placeholder knows nothing of the column that it is compared with.
    const [row] = await statement(db).execute({ now: now.toISOString() });
    return row?.isAny === true;
  };
}
