import { and, eq } from 'drizzle-orm';
import { homeMembers } from '@/drizzle/schema';
import type { resendInvitation as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { lockHome } from './keep-owner';
import { loadManagedHome } from './load-managed-home';
import { loadMember } from './load-member';
import { recordMember } from './record-member';
import { sendInvitation } from './send-invitation';
import { toMember } from './view';

/**
 * POST /homes/{homeId}/members/{userId}/invitation (ours): the letter once more, good for its whole life from now on.
 * Raises `invalid` ALREADY_ACCEPTED, and `rate_limited` at the sixth letter in ten minutes.
 */
export async function resendInvitation(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { db, bus, clock } = deps;
  const { homeId, userId } = params;
  const { principal } = caller;
  const { home, facts } = await loadManagedHome(db, principal, homeId);
  authorise('members.resend', principal, facts);
  if (home === undefined || principal.kind !== 'user')
    throw new Failure('not_found', { reason: 'NOT_FOUND' });
  await countAttempt(deps, `invite ${principal.userId}`, 30, 600);
  const event = await db.transaction(async (tx) => {
    await lockHome(tx, homeId);
    const row = await loadMember(tx, homeId, userId);
    if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (row.user.verified)
      throw new Failure('invalid', { reason: 'ALREADY_ACCEPTED', message: 'This person is in already.' });
    if (row.user.email === null)
      throw new Failure('invalid', { reason: 'NO_MAILBOX', message: 'Invitations go out by mail alone.' });
    await sendInvitation(deps, tx, row.user, {
      inviter: principal.name,
      home: home.name,
      language: row.user.language ?? caller.language,
    });
    await tx
      .update(homeMembers)
      .set({ invitedAt: clock.now() })
      .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
    return recordMember(tx, homeId, {
      action: 'changed',
      userId,
      member: toMember(row.membership, row.user),
    });
  });
  bus.announce([event]);
}
