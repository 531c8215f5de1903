import { asc, eq } from 'drizzle-orm';
import { homeMembers, homes } from '@/drizzle/schema';
import type { HomeMember } from '../../contracts/members';
import type { Executor } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';
import type { UserRow } from '../users/view';
import { toMember } from './view';

/** What listeners of a home are told of its members. */
export type MemberLine =
  | { action: 'added' | 'changed'; userId: number; member: HomeMember }
  | { action: 'removed'; userId: number };

/** Writes a line about a member into the home's log. */
export const recordMember = (
  executor: Executor,
  homeId: number,
  line: MemberLine,
): Promise<HomeEvent | undefined> => record(executor, homeId, 'member', line);

/** Locks all homes of a person in one order, so that two transactions never wait for each other. */
export async function lockHomesOf(executor: Executor, userId: number) {
  return executor
    .select({ homeId: homes.id, role: homeMembers.role, createdAt: homeMembers.createdAt })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(eq(homeMembers.userId, userId))
    .orderBy(asc(homes.id))
    .for('update', { of: homes });
}

/** Tells every home of a person that the person looks different now: another name, or verified. */
export async function recordPerson(executor: Executor, user: UserRow): Promise<(HomeEvent | undefined)[]> {
  const lines = [];
  for (const membership of await lockHomesOf(executor, user.id)) {
    const member = toMember(membership, user);
    lines.push(
      await recordMember(executor, membership.homeId, { action: 'changed', userId: user.id, member }),
    );
  }
  return lines;
}
