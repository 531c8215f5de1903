import { sql } from 'drizzle-orm';
import { deleteSome } from '../../db/delete-some';
import { staffIdleMs } from '../../domain/staff-session';
import type { Deps } from '../deps';

const keptDays = 30;

/**
 * Deletes some of the staff sessions that ended long ago: by themselves, unused, or because somebody ended them. Gives
 * their number; call again while there are any.
 */
export function forgetStaffSessions({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = sql`${clock.now().toISOString()}::timestamptz`;
  const endedAt = sql`least(revoked_at, expires_at, last_seen_at + make_interval(secs => ${staffIdleMs / 1_000}))`;
  return deleteSome(db, 'staff_sessions', sql`${endedAt} < ${now} - make_interval(days => ${keptDays})`);
}
