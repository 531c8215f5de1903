import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

const batch = 5_000;

/** Deletes some of what locks told more than `months` ago. Gives its number; call again while there is any. */
export async function forgetHistory(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  months: number,
): Promise<number> {
  const now = clock.now().toISOString();
  const gone = await db.execute<{ id: string }>(sql`
    delete from lock_history where id in (
      select id from lock_history
      where at < ${now}::timestamptz - make_interval(months => ${months}::int) limit ${batch})
    returning id`);
  return gone.length;
}
