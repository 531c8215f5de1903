import { and, eq, sql } from 'drizzle-orm';
import { homeMembers, users } from '@/drizzle/schema';
import type { HomeMember, addMember as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import type { Transaction } from '../../db/client';
import { readPhoneNumber } from '../../domain/account';
import { Failure, invalidField, missingField } from '../../domain/errors';
import { requireEmail } from '../auth/find-account';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import type { ProjectRow } from '../projects/create-project';
import { countAttempt } from '../rates/count-attempt';
import { requireRoom } from '../users/require-room';
import type { UserRow } from '../users/view';
import { lockHome } from './keep-owner';
import { loadManagedHome } from './load-managed-home';
import { recordMember } from './record-member';
import { sendInvitation } from './send-invitation';
import { toMember } from './view';

type Body = InputOf<typeof operation>['body'];
type Invited = { userId: number } | { email: string } | { phoneNumber: string };

/** Whom the caller means: the field that fits the project's accounts counts, others are ignored (mode-api 5.3). */
function readInvited(project: ProjectRow, body: Body): Invited {
  if (project.accountType === 'byou') {
    if (body.userId === undefined) throw missingField('userId');
    return { userId: body.userId };
  }
  if (project.accountType === 'email') {
    if (body.email === undefined) throw missingField('email');
    return { email: requireEmail(body.email) };
  }
  if (body.phoneNumber === undefined) throw missingField('phoneNumber');
  const phoneNumber = readPhoneNumber(body.phoneNumber);
  if (phoneNumber === undefined)
    throw invalidField('phoneNumber', 'must be in E.164 form', 'INVALID_PHONE_NUMBER');
  return { phoneNumber };
}

async function findInvited(
  tx: Transaction,
  projectId: number,
  invited: Invited,
): Promise<UserRow | undefined> {
  const isThem =
    'userId' in invited
      ? eq(users.id, invited.userId)
      : 'email' in invited
        ? sql`lower(${users.email}) = lower(${invited.email})`
        : eq(users.phoneNumber, invited.phoneNumber);
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.projectId, projectId), isThem));
  return user;
}

/** The account of the invited person, or a placeholder that a later registration takes over. */
async function findOrPlace(
  tx: Transaction,
  project: ProjectRow,
  invited: Invited,
  now: Date,
): Promise<UserRow> {
  const known = await findInvited(tx, project.id, invited);
  if (known !== undefined) return known;
  if ('userId' in invited) throw invalidField('userId', 'there is no such user', 'INVALID_USER_ID');
  await requireRoom(tx, project);
  const [made] = await tx
    .insert(users)
    .values({ projectId: project.id, ...invited, verified: false, registered: false, createdAt: now })
    .onConflictDoNothing()
    .returning();
  // Somebody else placed or registered the same person this moment.
  const user = made ?? (await findInvited(tx, project.id, invited));
  if (user === undefined) throw new Failure('unavailable', { retryAfterSeconds: 1 });
  return user;
}

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
    await lockHome(tx, homeId);
    const user = await findOrPlace(tx, project, invited, now);
    const [membership] = await tx
      .insert(homeMembers)
      .values({ homeId, userId: user.id, role, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (membership === undefined)
      throw new Failure('invalid', { reason: 'MEMBER_EXISTS', message: 'This person is a member already.' });
    if (project.accountType === 'email')
      await sendInvitation(deps, tx, user, {
        inviter: principal.name,
        home: home.name,
        language: user.language ?? caller.language,
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
