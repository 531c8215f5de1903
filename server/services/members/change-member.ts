import { and, eq } from 'drizzle-orm';
import { homeMembers } from '@/drizzle/schema';
import type { changeMember as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { lockHome, requireOtherOwner } from './keep-owner';
import { loadMember } from './load-member';
import { recordMember } from './record-member';
import { toMember } from './view';

/** PATCH /homes/{homeId}/members/{userId} (mode-api 10): an owner gives somebody another role. */
export async function changeMember(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { homeId, userId } = params;
  const { home, facts } = await loadHome(db, principal, homeId);
  authorise('members.change', principal, facts);
  const event = await db.transaction(async (tx) => {
    await lockHome(tx, homeId);
    const row = await loadMember(tx, homeId, userId);
    if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (row.membership.role === body.role) return undefined;
    if (row.membership.role === 'owner') await requireOtherOwner(tx, homeId, userId);
    await tx
      .update(homeMembers)
      .set({ role: body.role })
      .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
    await recordDeed(tx, principal, {
      projectId: home?.projectId ?? row.user.projectId,
      homeId,
      action: 'member.change-role',
      subject: { kind: 'user', id: String(userId) },
      data: { from: row.membership.role, to: body.role },
      address: address ?? null,
      at: clock.now(),
    });
    const member = toMember({ ...row.membership, role: body.role }, row.user);
    return recordMember(tx, homeId, { action: 'changed', userId, member });
  });
  bus.announce([event]);
}
