import { and, eq, inArray, isNull } from 'drizzle-orm';
import { homeMembers, lockGrants, locks } from '@/drizzle/schema';
import type { Membership, readdressInvitation as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import type { Transaction } from '../../db/client';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { holdRoom } from '../projects/require-quota';
import { countAttempt } from '../rates/count-attempt';
import { lockHome } from './keep-owner';
import { grantsByPerson } from './list-memberships';
import { loadManagedHome } from './load-managed-home';
import { loadMember } from './load-member';
import { toMembership } from './membership-view';
import { findOrPlace, readInvited } from './place-invited';
import { recordMember } from './record-member';
import { sendInvitation } from './send-invitation';
import { toMember } from './view';
import { withdrawInvitations } from './withdraw-invitations';

/** Gives what somebody was given at the doors of a home to another person. */
async function moveGrants(tx: Transaction, homeId: number, fromId: number, toId: number): Promise<void> {
  const doors = tx.select({ id: locks.id }).from(locks).where(eq(locks.homeId, homeId));
  await tx
    .update(lockGrants)
    .set({ userId: toId })
    .where(
      and(eq(lockGrants.userId, fromId), isNull(lockGrants.revokedAt), inArray(lockGrants.lockId, doors)),
    );
}

/**
 * PATCH /homes/{homeId}/members/{userId}/invitation (ours): an invitation that nobody has accepted goes to another address.
 * The place and its grants move to the person behind that address; the account of the old one is left alone, since other
 * homes may have invited it too. Raises `invalid` ALREADY_ACCEPTED, or at the field when that person is a member already.
 */
export async function readdressInvitation(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<Membership> {
  const { db, bus, clock } = deps;
  const { homeId, userId } = params;
  const { principal } = caller;
  const { home, project, facts } = await loadManagedHome(db, principal, homeId);
  authorise('members.readdress', principal, facts);
  if (home === undefined || project === undefined || principal.kind !== 'user')
    throw new Failure('not_found', { reason: 'NOT_FOUND' });
  if (project.accountType === 'byou') throw new Failure('invalid', { reason: 'INVALID_USER_ID' });
  const invited = readInvited(project, body);
  const field = 'email' in invited ? 'email' : 'phoneNumber';
  await countAttempt(deps, `invite ${principal.userId}`, 30, 600);
  const now = clock.now();
  const { moved, events } = await db.transaction(async (tx) => {
    if (project.maxUsers !== null) await holdRoom(tx, project.id);
    await lockHome(tx, homeId);
    const former = await loadMember(tx, homeId, userId);
    if (former === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (former.user.verified)
      throw new Failure('invalid', { reason: 'ALREADY_ACCEPTED', message: 'This person is in already.' });
    const user = await findOrPlace(tx, project, invited, now);
    const [place] = await tx
      .insert(homeMembers)
      .values({
        ...former.membership,
        userId: user.id,
        invitedAt: user.verified ? null : now,
        invitationSeenAt: null,
      })
      .onConflictDoNothing()
      .returning();
    if (place === undefined) throw invalidField(field, 'is a member of this home already', 'MEMBER_EXISTS');
    await moveGrants(tx, homeId, userId, user.id);
    await tx.delete(homeMembers).where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
    await withdrawInvitations(tx, userId, now);
    if (project.accountType === 'email')
      await sendInvitation(deps, tx, user, {
        inviter: principal.name,
        home,
        language: user.language ?? caller.language,
      });
    const gone = await recordMember(tx, homeId, { action: 'removed', userId });
    const come = await recordMember(tx, homeId, {
      action: 'added',
      userId: user.id,
      member: toMember(place, user),
    });
    const grants = await grantsByPerson(tx, homeId, home.timezone, now);
    return { moved: toMembership(place, user, grants.get(user.id) ?? [], now), events: [gone, come] };
  });
  bus.revoke({ kind: 'member', homeId, userId });
  bus.announce(events);
  return moved;
}
