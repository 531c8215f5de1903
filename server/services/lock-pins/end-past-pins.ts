import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import { lockPins, locks } from '@/drizzle/schema';
import { recordAccess } from '../access/record-access';
import type { Deps } from '../deps';
import { service } from './end-pins';
import { beginRemoval } from './remove-pin';

/** For so long a code that has ended can be given more time. After that its place in the lock is made free. */
export const pastPinStaysMs = 24 * 3_600_000;

/**
 * Begins to clear codes out of their locks that ended a day ago, so that their places are free again; each is shown as
 * being removed until its lock has done it. Returns how many there were.
 */
export async function endPastPins({ db, clock, bus }: Deps, limit = 50): Promise<number> {
  const isPast = (now: Date) =>
    and(
      eq(lockPins.state, 'set'),
      isNull(lockPins.removedAt),
      lte(lockPins.validUntil, new Date(now.getTime() - pastPinStaysMs)),
    );
  const due = await db
    .select({ id: lockPins.id, lockId: lockPins.lockId })
    .from(lockPins)
    .where(isPast(clock.now()))
    .orderBy(asc(lockPins.validUntil))
    .limit(limit);
  for (const { id, lockId } of due) {
    const line = await db.transaction(async (tx) => {
      const [lock] = await tx.select().from(locks).where(eq(locks.id, lockId)).for('update');
      const now = clock.now();
      const [pin] = await tx
        .select()
        .from(lockPins)
        .where(and(eq(lockPins.id, id), isPast(now)));
      if (lock === undefined || pin === undefined) return undefined;
      await beginRemoval(tx, pin, service, now);
      return recordAccess(tx, lock.homeId, { kind: 'pin', action: 'changed', id, lockIds: [lockId] });
    });
    bus.announce([line]);
  }
  return due.length;
}
