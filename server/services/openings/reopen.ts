import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { takeUse } from '../links/count-use';
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
    const [before] = await tx.select().from(openings).where(eq(openings.id, actuationId));
    const isLive = before?.event === null && before.expiresAt > deps.clock.now();
    // A failed one has given its use back, and needs one again.
    if (isLive && before.status === 'failed' && !(await takeUse(tx, before, deps.clock.now())))
      return undefined;
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
