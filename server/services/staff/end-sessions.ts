import { and, eq, isNull, ne } from 'drizzle-orm';
import { staffSessions } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** Ends the sessions of a staff account within a transaction, all or all but one. Returns how many there were. */
export async function endStaffSessions(
  executor: Executor,
  accountId: number,
  now: Date,
  { but }: { but?: string } = {},
): Promise<number> {
  const ended = await executor
    .update(staffSessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(staffSessions.accountId, accountId),
        isNull(staffSessions.revokedAt),
        but === undefined ? undefined : ne(staffSessions.id, but),
      ),
    )
    .returning({ id: staffSessions.id });
  return ended.length;
}
