import { and, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { staffSessions } from '@/drizzle/schema';
import type { OwnStaffAccount } from '../../contracts/staff-account';
import { toTimestamp } from '../../contracts/values';
import { staffIdleMs } from '../../domain/staff-session';
import type { Caller, Deps } from '../deps';
import { toPasskey } from '../passkeys/view';
import { loadOwn } from './own-account';
import { staffPasskeysOf } from './passkey-rows';

/** GET /staff/account: name and address, passkeys, and the sessions that still stand, this one first. */
export async function showOwnAccount(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Pick<Caller, 'principal'>,
): Promise<OwnStaffAccount> {
  const { row, staff } = await loadOwn(deps, 'staff.ownAccount', caller);
  const now = deps.clock.now();
  const [passkeys, sessions] = await Promise.all([
    staffPasskeysOf(deps.db, row.id),
    deps.db
      .select()
      .from(staffSessions)
      .where(
        and(
          eq(staffSessions.accountId, row.id),
          isNull(staffSessions.revokedAt),
          isNotNull(staffSessions.provedAt),
          gt(staffSessions.expiresAt, now),
          gt(staffSessions.lastSeenAt, new Date(now.getTime() - staffIdleMs)),
        ),
      )
      .orderBy(sql`${staffSessions.id} = ${staff.sessionId}::uuid desc`, desc(staffSessions.lastSeenAt)),
  ]);
  const { id, email, name, role } = row;
  return {
    account: { id, email, name, role },
    passkeys: passkeys.map(toPasskey),
    sessions: sessions.map((session) => ({
      id: session.id,
      creationTime: toTimestamp(session.createdAt),
      lastUseTime: toTimestamp(session.lastSeenAt),
      ...(session.userAgent === null ? {} : { userAgent: session.userAgent }),
      ...(session.address === null ? {} : { address: session.address }),
      current: session.id === staff.sessionId,
    })),
  };
}
