import { asc, eq, sql } from 'drizzle-orm';
import { homeMembers, users } from '@/drizzle/schema';
import type { resendHomeInvitation as operation } from '../../contracts/console-actions';
import type { InputOf } from '../../contracts/operation';
import type { Transaction } from '../../db/client';
import type { Caller, Deps } from '../deps';
import { personName } from '../grants/view';
import { sendInvitationAgain } from '../members/send-invitation-again';
import { loadSupportedHome } from './load-supported';
import { recordHomeDeed } from './record-support';

/** In whose name the letter goes: the longest-standing owner who is in already. */
async function inviterOf(tx: Transaction, homeId: number): Promise<string> {
  const [row] = await tx
    .select({ user: users })
    .from(homeMembers)
    .innerJoin(users, eq(users.id, homeMembers.userId))
    .where(sql`${homeMembers.homeId} = ${homeId} and ${homeMembers.role} = 'owner' and ${users.verified}`)
    .orderBy(asc(homeMembers.createdAt), asc(users.id))
    .limit(1);
  return row === undefined ? '' : personName(row.user);
}

/**
 * POST /staff/homes/{homeId}/members/{userId}/invitation: the letter once more, in the name of an owner of the home.
 * Raises `invalid` ALREADY_ACCEPTED and NO_MAILBOX, `rate_limited`.
 */
export async function resendHomeInvitation(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { homeId, userId } = params;
  const { home, staff } = await loadSupportedHome(deps.db, 'staff.resendInvitation', principal, homeId);
  const line = await deps.db.transaction(async (tx) => {
    const inviter = await inviterOf(tx, homeId);
    const sent = await sendInvitationAgain(deps, tx, home, userId, { inviter });
    await recordHomeDeed(deps, tx, { staff, address }, home, {
      action: 'member.resend-invitation',
      reason: body.reason,
      subject: { kind: 'user', id: String(userId) },
    });
    return sent;
  });
  deps.bus.announce([line]);
}
