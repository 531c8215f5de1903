import { sql } from 'drizzle-orm';
import { deleteSome } from '../../db/delete-some';
import type { Deps } from '../deps';

const keptDays = 30;

/** Deletes some of the deliveries that were over long ago. Gives their number; call again while there are any. */
export function forgetDeliveries({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  return deleteSome(db, 'webhook_deliveries', sql`finished_at < ${now} - make_interval(days => ${keptDays})`);
}
