import { and, eq, isNull } from 'drizzle-orm';
import { staffSessions } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** Ends all sessions of a staff account within a transaction. Returns how many there were. */
export async function endStaffSessions(executor: Executor, accountId: number, now: Date): Promise<number> {
  const ended = await executor
    .update(staffSessions)
    .set({ revokedAt: now })
    .where(and(eq(staffSessions.accountId, accountId), isNull(staffSessions.revokedAt)))
    .returning({ id: staffSessions.id });
  return ended.length;
}
