import { and, eq, sql } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { readEmail } from '../../domain/account';
import { Failure, invalidField } from '../../domain/errors';
import type { UserRow } from '../users/view';

/** The stored form of an address that a caller sent; raises INVALID_EMAIL. */
export function requireEmail(text: string): string {
  const email = readEmail(text);
  if (email === undefined) throw invalidField('email', 'is no e-mail address', 'INVALID_EMAIL');
  return email;
}

/** The registered account with this address; raises UNKNOWN_EMAIL, for the placeholder of an invitation too. */
export async function findAccount(
  executor: Pick<Executor, 'select'>,
  projectId: number,
  email: string,
): Promise<UserRow> {
  const [user] = await executor
    .select()
    .from(users)
    .where(and(eq(users.projectId, projectId), sql`lower(${users.email}) = lower(${email})`));
  if (user?.registered !== true)
    throw new Failure('invalid', {
      reason: 'UNKNOWN_EMAIL',
      message: 'There is no account with this address.',
      issues: [{ field: 'email', message: 'There is no account with this address.' }],
    });
  return user;
}
