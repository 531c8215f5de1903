import { and, eq, inArray } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/**
 * Ends every running opening of a lock. They keep their expiry, and the bridge withdraws what stands in the shadow as
 * it does for any ended command.
 */
export async function closeOpenings(
  executor: Executor,
  lockId: number,
  error: string,
  now: Date,
): Promise<void> {
  await executor
    .update(openings)
    .set({ status: 'failed', error, outcomeAt: now })
    .where(
      and(
        eq(openings.lockId, lockId),
        inArray(openings.status, ['pending', 'sent', 'accepted', 'unresolved']),
      ),
    );
}
