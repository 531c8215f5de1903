import { and, eq, isNull } from 'drizzle-orm';
import { staffSessions } from '@/drizzle/schema';
import { WithStaffCookie } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { findStaffSession } from './find-session';
import { asStaff } from './principal';
import { recordStaffDeed } from './record-staff-deed';

/** DELETE /staff/session: ends the session of this browser, if it has one, and takes the cookie away. */
export async function signOutStaff(deps: Deps, caller: Caller): Promise<WithStaffCookie<undefined>> {
  authorise('staff.signOut', caller.principal);
  const found = await findStaffSession(deps, caller.staffToken);
  if (found !== undefined) {
    const { account, session } = found;
    const now = deps.clock.now();
    await deps.db.transaction(async (tx) => {
      const ended = await tx
        .update(staffSessions)
        .set({ revokedAt: now })
        .where(and(eq(staffSessions.id, session.id), isNull(staffSessions.revokedAt)))
        .returning({ id: staffSessions.id });
      if (ended.length === 0 || session.provedAt === null) return;
      const self = { ...caller, principal: asStaff(account, [], session.id) };
      await recordStaffDeed(tx, self, { action: 'staff.signOut', accountId: account.id, at: now });
    });
  }
  return new WithStaffCookie(undefined, null);
}
