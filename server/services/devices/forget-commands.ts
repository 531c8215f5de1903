import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

const keptDays = 90;
const batch = 5_000;

/** Forgets some of the commands that were told long ago. Gives their number; call again while there are any. */
export async function forgetCommands({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
  const gone = await db.execute(sql`
    delete from device_commands where id in (
      select id from device_commands where created_at < ${before.toISOString()}::timestamptz limit ${batch})
    returning id`);
  return gone.length;
}
