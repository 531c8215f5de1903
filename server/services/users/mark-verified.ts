import { eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { HomeEvent } from '../../event-store/outbox';
import { spendSecrets } from '../auth/issue-secret';
import { recordPerson } from '../members/record-member';
import type { UserRow } from './view';

/**
 * A person's address is confirmed: memberships count from now on (model 2), and the homes are told after commit. What
 * else was sent to confirm the address is worth nothing any more.
 */
export async function markVerified(
  executor: Executor,
  userId: number,
  now: Date,
  changes: Partial<Pick<UserRow, 'name' | 'passwordHash' | 'registered' | 'language'>> = {},
): Promise<{ user: UserRow; events: (HomeEvent | undefined)[] }> {
  const [user] = await executor
    .update(users)
    .set({ ...changes, verified: true })
    .where(eq(users.id, userId))
    .returning();
  if (user === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  await spendSecrets(executor, userId, ['email', 'phone', 'invitation'], now);
  return { user, events: await recordPerson(executor, user) };
}
