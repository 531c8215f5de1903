import { sql } from 'drizzle-orm';
import { deleteSome } from '../../db/delete-some';
import type { Deps } from '../deps';

const keptDays = 30;

/** Deletes some of the pushes that were written long ago. Gives their number; call again while there are any. */
export function forgetPushes({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  return deleteSome(db, 'push_messages', sql`created_at < ${now} - make_interval(days => ${keptDays})`);
}
