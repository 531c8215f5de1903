import { eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { Facts } from '../../domain/permissions';
import type { UserRow } from './view';

/** An account and what the permission table needs to know of it. */
export async function loadUser(
  executor: Pick<Executor, 'select'>,
  userId: number,
): Promise<{ user: UserRow | undefined; facts: Facts }> {
  const [user] = await executor.select().from(users).where(eq(users.id, userId));
  if (user === undefined) return { user, facts: { exists: false, subjectUserId: userId } };
  return { user, facts: { exists: true, projectId: user.projectId, subjectUserId: userId } };
}
