import { and, eq, ne } from 'drizzle-orm';
import { homeMembers, homes, users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';

/** Holds the home, so that of two owners who leave at once one is told that it is the last. */
export async function lockHome(executor: Executor, homeId: number): Promise<void> {
  await executor.select({ id: homes.id }).from(homes).where(eq(homes.id, homeId)).for('no key update');
}

/**
 * Raises LAST_OWNER when nobody but this person could act as an owner: an invited owner who has not verified yet counts
 * for nothing (model 2). The home must be locked.
 */
export async function requireOtherOwner(executor: Executor, homeId: number, userId: number): Promise<void> {
  const [other] = await executor
    .select({ userId: homeMembers.userId })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.role, 'owner'), ne(homeMembers.userId, userId)))
    .limit(1);
  if (other === undefined)
    throw new Failure('forbidden', { reason: 'LAST_OWNER', message: 'A home keeps at least one owner.' });
}
