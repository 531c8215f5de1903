import { and, eq } from 'drizzle-orm';
import { homeMembers, users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { UserRow } from '../users/view';
import type { MembershipRow } from './view';

/** A person's place in a home; undefined: none. */
export async function loadMember(
  executor: Pick<Executor, 'select'>,
  homeId: number,
  userId: number,
): Promise<{ membership: MembershipRow; user: UserRow } | undefined> {
  const [row] = await executor
    .select({ membership: homeMembers, user: users })
    .from(homeMembers)
    .innerJoin(users, eq(users.id, homeMembers.userId))
    .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
  return row;
}
