import { and, eq, inArray } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { runningCommissionings } from '../../domain/hub/commissioning';
import type { HomeEvent } from '../../event-store/outbox';
import { changeCommissioning } from './change-commissioning';

/** Ends what runs at a hub; the bridge withdraws its command as that of any ended attempt. The caller holds the hub's row. */
export async function endCommissionings(
  executor: Executor,
  hubId: string,
  error: string,
  at: Date,
): Promise<(HomeEvent | undefined)[]> {
  const running = await executor
    .select()
    .from(commissionings)
    .where(and(eq(commissionings.hubId, hubId), inArray(commissionings.status, runningCommissionings)));
  const lines = [];
  for (const attempt of running) {
    const { event } = await changeCommissioning(executor, attempt, {
      status: 'failed',
      error,
      outcomeAt: at,
    });
    lines.push(event);
  }
  return lines;
}
