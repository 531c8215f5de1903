import { eq, inArray } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import { Failure } from '../../domain/errors';
import { decideSent, type OpeningChange } from '../../domain/lock/opening';
import type { Deps } from '../deps';
import type { OpeningRow } from '../locks/view';
import { changeOpening, recordRequested } from './change-opening';

/**
 * The shadow took the command: records the event of this opening once and moves it to *sent*, or to wherever the
 * shared actuation has come meanwhile. Returns the opening with the event that answers the caller, now and on repeats.
 */
export async function markSent(
  deps: Deps,
  lockId: number,
  openingId: string,
  shadowVersion?: number,
): Promise<OpeningRow> {
  const { result, event } = await deps.db.transaction(async (tx) => {
    const [, [read]] = await Promise.all([
      tx.select({ id: locks.id }).from(locks).where(eq(locks.id, lockId)).for('update'),
      tx.select().from(openings).where(eq(openings.id, openingId)),
    ]);
    if (read === undefined) throw new Failure('not_found');
    const now = deps.clock.now();
    const opening = await recordRequested(tx, read, now);
    let change: (OpeningChange & { shadowVersion?: number }) | undefined = decideSent(opening, now);
    if (opening.joined !== null && change !== undefined) {
      const [shared] = await tx
        .select()
        .from(openings)
        .where(inArray(openings.id, [opening.joined]));
      if (shared !== undefined && shared.status !== 'pending' && shared.status !== 'unresolved') {
        const { status, acceptedAt, outcomeAt, error } = shared;
        change = {
          ...change,
          status,
          error,
          ...(acceptedAt ? { acceptedAt } : {}),
          ...(outcomeAt ? { outcomeAt } : {}),
        };
      }
    }
    if (change === undefined && opening === read) return { result: opening, event: undefined };
    const changed = await changeOpening(tx, opening, {
      ...change,
      ...(shadowVersion === undefined ? {} : { shadowVersion }),
    });
    return { result: changed.opening, event: changed.event };
  });
  deps.bus.announce([event]);
  return result;
}
