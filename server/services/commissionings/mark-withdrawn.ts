import { eq } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** The command, and the code in it, stands in no shadow any more. */
export async function markCommissioningWithdrawn(executor: Executor, id: string, now: Date): Promise<void> {
  await executor.update(commissionings).set({ withdrawnAt: now }).where(eq(commissionings.id, id));
}
