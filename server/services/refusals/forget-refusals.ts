import { sql } from 'drizzle-orm';
import { deleteSome } from '../../db/delete-some';
import type { Deps } from '../deps';

/**
 * Deletes some of the refusals at doors that are older than `months`; the audit keeps its own lines of them. Gives their
 * number; call again while there are any.
 */
export function forgetRefusals({ db, clock }: Pick<Deps, 'db' | 'clock'>, months: number): Promise<number> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  return deleteSome(db, 'refusals', sql`created_at < ${now} - make_interval(months => ${months}::int)`);
}
