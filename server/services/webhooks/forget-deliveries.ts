import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

const keptDays = 30;
const batch = 5_000;

/** Deletes some of the deliveries that were over long ago. Gives their number; call again while there are any. */
export async function forgetDeliveries({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
  const gone = await db.execute<{ id: string }>(sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries where finished_at < ${before.toISOString()}::timestamptz limit ${batch})
    returning id`);
  return gone.length;
}
