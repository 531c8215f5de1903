import { eq, or } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { giveUseBack } from '../links/count-use';
import { changeOpening } from './change-opening';

/**
 * The shadow did not take the command: `failed` when it said no or the command provably never left us, `unresolved`
 * when nothing was heard. Those that joined share it. What a report has settled meanwhile stays.
 */
export async function markUndelivered(
  deps: Deps,
  lockId: number,
  actuationId: string,
  status: 'failed' | 'unresolved',
  error: string,
): Promise<void> {
  const events = await deps.db.transaction(async (tx) => {
    await tx.select({ id: locks.id }).from(locks).where(eq(locks.id, lockId)).for('update');
    const rows = await tx
      .select()
      .from(openings)
      .where(or(eq(openings.id, actuationId), eq(openings.joined, actuationId)));
    const now = deps.clock.now();
    const announced = [];
    for (const row of rows) {
      if (row.status !== 'pending') continue;
      const change = status === 'failed' ? { status, error, outcomeAt: now } : { status, error };
      announced.push((await changeOpening(tx, row, change)).event);
      if (status === 'failed' && row.event === null) await giveUseBack(tx, row);
    }
    return announced;
  });
  deps.bus.announce(events);
}
