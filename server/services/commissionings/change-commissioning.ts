import { eq } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { CommissioningChange } from '../../domain/hub/commissioning';
import { type HomeEvent, record } from '../../event-store/outbox';
import { type CommissioningRow, toCommissioning } from '../hubs/view';

/** Writes what has changed of an attempt and tells its home. The caller holds the hub's row. */
export async function changeCommissioning(
  executor: Executor,
  attempt: CommissioningRow,
  change: CommissioningChange & Partial<Pick<CommissioningRow, 'deviceId' | 'lockId' | 'shadowVersion'>>,
): Promise<{ attempt: CommissioningRow; event: HomeEvent | undefined }> {
  const next: CommissioningRow = { ...attempt, ...change };
  if (Object.keys(change).length > 0)
    await executor.update(commissionings).set(change).where(eq(commissionings.id, attempt.id));
  const event =
    next.homeId === null
      ? undefined
      : await record(executor, next.homeId, 'commissioning', toCommissioning(next));
  return { attempt: next, event };
}
