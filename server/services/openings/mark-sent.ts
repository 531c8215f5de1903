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
 * Raises `not_found` or `device_unreachable` when the opening was closed meanwhile.
 */
export async function markSent(
  deps: Deps,
  lockId: number,
  openingId: string,
  shadowVersion?: number,
): Promise<OpeningRow> {
  const { result, event, refusal } = await deps.db.transaction(async (tx) => {
    const [[lock], [read]] = await Promise.all([
      tx.select({ removedAt: locks.removedAt }).from(locks).where(eq(locks.id, lockId)).for('update'),
      tx.select().from(openings).where(eq(openings.id, openingId)),
    ]);
    if (read === undefined || lock === undefined) throw new Failure('not_found');
    if (read.status === 'failed' && read.event === null) {
      // It was closed while its command was under way, which is withdrawn (again); nothing is recorded.
      await tx.update(openings).set({ withdrawnAt: null }).where(eq(openings.id, openingId));
      const refusal = new Failure(lock.removedAt === null ? 'device_unreachable' : 'not_found');
      return { result: undefined, event: undefined, refusal };
    }
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
    if (change === undefined && opening === read)
      return { result: opening, event: undefined, refusal: undefined };
    const changed = await changeOpening(tx, opening, {
      ...change,
      ...(shadowVersion === undefined ? {} : { shadowVersion }),
    });
    return { result: changed.opening, event: changed.event, refusal: undefined };
  });
  if (result === undefined) throw refusal;
  deps.bus.announce([event]);
  return result;
}
