import { and, eq, sql } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { readPhoneNumber } from '../../domain/account';
import { Failure, invalidField, missingField } from '../../domain/errors';
import { requireEmail } from '../auth/find-account';
import type { ProjectRow } from '../projects/create-project';
import { requireRoom } from '../users/require-room';
import type { UserRow } from '../users/view';

interface Address {
  userId?: number | undefined;
  email?: string | undefined;
  phoneNumber?: string | undefined;
}
export type Invited = { userId: number } | { email: string } | { phoneNumber: string };

/** Whom the caller means: the field that fits the project's accounts counts, others are ignored (mode-api 5.3). */
export function readInvited(project: ProjectRow, body: Address): Invited {
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
export async function findOrPlace(
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
