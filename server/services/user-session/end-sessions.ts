import { and, eq, isNull, ne } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/**
 * Ends the sessions of a person within a transaction, all or all but one. Returns their ids, which the caller revokes on
 * the bus after commit so that open sockets end too.
 */
export async function endSessions(
  executor: Executor,
  userId: number,
  now: Date,
  exceptId?: string,
): Promise<string[]> {
  const ended = await executor
    .update(userSessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(userSessions.userId, userId),
        isNull(userSessions.revokedAt),
        exceptId === undefined ? undefined : ne(userSessions.id, exceptId),
      ),
    )
    .returning({ id: userSessions.id });
  return ended.map(({ id }) => id);
}
