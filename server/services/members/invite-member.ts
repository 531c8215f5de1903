import { homeMembers } from '@/drizzle/schema';
import type { HomeMember, addMember as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { holdRoom, requireQuota } from '../projects/require-quota';
import { countAttempt } from '../rates/count-attempt';
import { lockHome } from './keep-owner';
import { loadManagedHome } from './load-managed-home';
import { findOrPlace, readInvited } from './place-invited';
import { recordMember } from './record-member';
import { sendInvitation } from './send-invitation';
import { toMember } from './view';

/**
 * POST /homes/{homeId}/members (mode-api 5.3): adds somebody to the home. A number unknown so far gets no SMS, the app
 * invites; a mailbox gets an invitation, or a notice when it has an account. Only an owner makes owners.
 */
export async function inviteMember(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<HomeMember> {
  const { db, bus, clock } = deps;
  const { homeId } = params;
  const { principal } = caller;
  const { home, project, facts } = await loadManagedHome(db, principal, homeId);
  authoriseInHome('members.add', principal, facts);
  if (home === undefined || project === undefined || principal.kind !== 'user')
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const role = body.role ?? 'member';
  if (role === 'owner' && facts.role !== 'owner')
    throw new Failure('forbidden', {
      reason: 'PERMISSION_DENIED',
      message: 'Only an owner may make somebody an owner.',
    });
  const invited = readInvited(project, body);
  await countAttempt(deps, `invite ${principal.userId}`, 30, 600);
  const now = clock.now();
  const { member, event } = await db.transaction(async (tx) => {
    if (project.maxUsers !== null) await holdRoom(tx, project.id);
    await requireQuota(tx, { projectId: project.id, homeId, adds: { maxMembersPerHome: 1 } });
    await lockHome(tx, homeId);
    const user = await findOrPlace(tx, project, invited, now);
    const [membership] = await tx
      .insert(homeMembers)
      .values({ homeId, userId: user.id, role, invitedAt: user.verified ? null : now, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (membership === undefined)
      throw new Failure('invalid', { reason: 'MEMBER_EXISTS', message: 'This person is a member already.' });
    if (project.accountType === 'email')
      await sendInvitation(deps, tx, user, {
        inviter: principal.name,
        home,
        language: user.language ?? caller.language,
      });
    await recordDeed(tx, principal, {
      projectId: project.id,
      homeId,
      action: 'member.add',
      subject: { kind: 'user', id: String(user.id) },
      data: { role },
      address: caller.address ?? null,
      at: now,
    });
    const added = toMember(membership, user);
    return {
      member: added,
      event: await recordMember(tx, homeId, { action: 'added', userId: user.id, member: added }),
    };
  });
  bus.announce([event]);
  return member;
}
