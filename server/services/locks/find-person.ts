import { and, eq, sql } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure, type FieldIssue } from '../../domain/errors';
import type { UserRow } from '../users/view';

/** How a caller of the lock API names somebody. */
export interface NamedPerson {
  email?: string | undefined;
  phoneNumber?: string | undefined;
  userId?: string | undefined;
}

/**
 * The person of a project that is meant; several names must all be hers. Raises `invalid` when none is given,
 * `not_found` when there is no such person in the project (lock-api 7).
 */
export async function findPerson(
  executor: Executor,
  projectId: number | null,
  { email, phoneNumber, userId }: NamedPerson,
): Promise<UserRow> {
  if (email === undefined && phoneNumber === undefined && userId === undefined) {
    const message = 'one of email, phoneNumber and userId is required';
    const issues: FieldIssue[] = ['email', 'phoneNumber', 'userId'].map((field) => ({ field, message }));
    throw new Failure('invalid', { reason: 'MISSING_PARAMETERS', issues });
  }
  const names = [email, phoneNumber].filter((name) => name !== undefined);
  if (projectId === null || names.some((name) => name.includes('\u0000'))) throw new Failure('not_found');
  const [user] = await executor
    .select()
    .from(users)
    .where(
      and(
        eq(users.projectId, projectId),
        userId === undefined ? undefined : eq(users.id, Number(userId)),
        email === undefined ? undefined : sql`lower(${users.email}) = lower(${email.trim()})`,
        phoneNumber === undefined ? undefined : eq(users.phoneNumber, phoneNumber.replace(/[\s()-]/g, '')),
      ),
    );
  if (user === undefined) throw new Failure('not_found');
  return user;
}
