import { and, eq } from 'drizzle-orm';
import { homeMembers } from '@/drizzle/schema';
import type { removeMember as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { endGrantsOfMember } from '../access/end-access';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { lockHome, requireOtherOwner } from './keep-owner';
import { loadManagedHome } from './load-managed-home';
import { loadMember } from './load-member';
import { recordMember } from './record-member';
import { withdrawInvitations } from './withdraw-invitations';

/**
 * DELETE /homes/{homeId}/members/{userId} (mode-api 5.3): somebody leaves, or is taken out by those who manage members.
 * Open sockets lose the home at once.
 */
export async function leaveHome(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { homeId, userId } = params;
  const { facts } = await loadManagedHome(db, principal, homeId);
  authorise('members.remove', principal, { ...facts, subjectUserId: userId });
  const event = await db.transaction(async (tx) => {
    await lockHome(tx, homeId);
    const row = await loadMember(tx, homeId, userId);
    if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (row.membership.role === 'owner') await requireOtherOwner(tx, homeId, userId);
    await tx.delete(homeMembers).where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
    await endGrantsOfMember(tx, homeId, userId, clock.now());
    if (!row.user.registered) await withdrawInvitations(tx, userId, clock.now());
    await recordDeed(tx, principal, {
      projectId: row.user.projectId,
      homeId,
      action: 'member.remove',
      subject: { kind: 'user', id: String(userId) },
      data: { role: row.membership.role },
      address: address ?? null,
      at: clock.now(),
    });
    return recordMember(tx, homeId, { action: 'removed', userId });
  });
  bus.revoke({ kind: 'member', homeId, userId });
  bus.announce([event]);
}
