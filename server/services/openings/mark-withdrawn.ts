import { eq } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** The command stands in no shadow any more. */
export async function markWithdrawn(executor: Executor, openingId: string, now: Date): Promise<void> {
  await executor.update(openings).set({ withdrawnAt: now }).where(eq(openings.id, openingId));
}
