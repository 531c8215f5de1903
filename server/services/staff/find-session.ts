import { and, eq, isNull, lt } from 'drizzle-orm';
import { staffAccounts, staffSessions } from '@/drizzle/schema';
import { isStanding, seenEveryMs } from '../../domain/staff-session';
import type { Deps } from '../deps';
import { hashToken } from '../secrets';
import type { StaffRow } from './account';

export interface FoundSession {
  session: typeof staffSessions.$inferSelect;
  account: StaffRow;
}

/**
 * The staff session behind a cookie, its second factor proved or not; undefined: none, ended, too old, unused for too
 * long, or its account is switched off. Keeps when it was last used, to the minute.
 */
export async function findStaffSession(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  token: string | undefined,
): Promise<FoundSession | undefined> {
  if (token === undefined) return undefined;
  const now = clock.now();
  const [found] = await db
    .select({ session: staffSessions, account: staffAccounts })
    .from(staffSessions)
    .innerJoin(staffAccounts, eq(staffAccounts.id, staffSessions.accountId))
    .where(
      and(
        eq(staffSessions.tokenHash, hashToken(token)),
        isNull(staffSessions.revokedAt),
        isNull(staffAccounts.disabledAt),
      ),
    );
  if (found === undefined || !isStanding(found.session, now)) return undefined;
  const stale = new Date(now.getTime() - seenEveryMs);
  if (found.session.lastSeenAt <= stale) {
    await db
      .update(staffSessions)
      .set({ lastSeenAt: now })
      .where(and(eq(staffSessions.id, found.session.id), lt(staffSessions.lastSeenAt, now)));
  }
  return found;
}
