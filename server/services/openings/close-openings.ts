import { and, asc, eq, inArray } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { runningStatuses } from '../../domain/lock/opening';
import type { HomeEvent } from '../../event-store/outbox';
import { changeOpening } from './change-opening';

/**
 * Ends every running opening of a lock. They keep their expiry, and the bridge withdraws what stands in the shadow as
 * it does for any ended command. The caller holds the lock's row. Returns what their homes are to be told.
 */
export async function closeOpenings(
  executor: Executor,
  lockId: number,
  error: string,
  now: Date,
): Promise<(HomeEvent | undefined)[]> {
  const running = await executor
    .select()
    .from(openings)
    .where(and(eq(openings.lockId, lockId), inArray(openings.status, runningStatuses)))
    .orderBy(asc(openings.createdAt));
  const lines = [];
  for (const opening of running) {
    const { event } = await changeOpening(executor, opening, { status: 'failed', error, outcomeAt: now });
    lines.push(event);
  }
  return lines;
}
