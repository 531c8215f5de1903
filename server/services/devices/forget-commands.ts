import { sql } from 'drizzle-orm';
import { deleteSome } from '../../db/delete-some';
import type { Deps } from '../deps';

const keptDays = 90;

/** Forgets some of the commands that were told long ago. Gives their number; call again while there are any. */
export function forgetCommands({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  return deleteSome(db, 'device_commands', sql`created_at < ${now} - make_interval(days => ${keptDays})`);
}
