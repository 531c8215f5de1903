import { sql } from 'drizzle-orm';
import { deleteSome } from '../../db/delete-some';
import type { Deps } from '../deps';

/** Deletes some of what locks told more than `months` ago. Gives its number; call again while there is any. */
export function forgetHistory({ db, clock }: Pick<Deps, 'db' | 'clock'>, months: number): Promise<number> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  return deleteSome(db, 'lock_history', sql`at < ${now} - make_interval(months => ${months}::int)`);
}
