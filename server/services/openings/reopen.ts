import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import type { Deps } from '../deps';
import type { OpeningRow } from '../locks/view';

/**
 * A caller repeats an intent whose command was not taken: it is tried again under the same command id while it lives.
 * Undefined when it is over for good.
 */
export async function reopen(
  deps: Deps,
  lockId: number,
  actuationId: string,
): Promise<OpeningRow | undefined> {
  return deps.db.transaction(async (tx) => {
    await tx.select({ id: locks.id }).from(locks).where(eq(locks.id, lockId)).for('update');
    const [row] = await tx
      .update(openings)
      .set({ status: 'pending', outcomeAt: null, error: null, withdrawnAt: null })
      .where(
        and(
          eq(openings.id, actuationId),
          isNull(openings.event),
          inArray(openings.status, ['failed', 'unresolved', 'pending']),
          gt(openings.expiresAt, deps.clock.now()),
        ),
      )
      .returning();
    return row;
  });
}
