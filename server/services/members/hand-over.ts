import { and, asc, eq, ne } from 'drizzle-orm';
import { homeMembers, users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/**
 * Who owns a home after its owner is gone (model 2), judged by those who are left, without `leavingId` if that one is
 * still there. `kept`: an owner who can act is
 * among them. A guest never inherits, and somebody who has not verified yet only when nobody else is there.
 */
export async function findHeir(
  executor: Pick<Executor, 'select'>,
  homeId: number,
  leavingId?: number,
): Promise<{ kind: 'kept' } | { kind: 'none' } | { kind: 'heir'; userId: number }> {
  const left = await executor
    .select({ userId: homeMembers.userId, role: homeMembers.role, verified: users.verified })
    .from(homeMembers)
    .innerJoin(users, eq(users.id, homeMembers.userId))
    .where(
      and(
        eq(homeMembers.homeId, homeId),
        leavingId === undefined ? undefined : ne(homeMembers.userId, leavingId),
      ),
    )
    .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId));
  const owners = left.filter(({ role }) => role === 'owner');
  if (owners.some(({ verified }) => verified)) return { kind: 'kept' };
  const members = left.filter(({ role }) => role === 'member');
  const heir = members.find(({ verified }) => verified);
  if (heir !== undefined) return { kind: 'heir', userId: heir.userId };
  if (owners.length > 0) return { kind: 'kept' };
  const [next] = members;
  return next === undefined ? { kind: 'none' } : { kind: 'heir', userId: next.userId };
}

/** Makes a member of the home its owner. */
export async function makeOwner(executor: Executor, homeId: number, userId: number): Promise<void> {
  await executor
    .update(homeMembers)
    .set({ role: 'owner' })
    .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
}
