import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import type { Moment } from '../../db/any-rows';
import type { Database } from '../../db/client';
import { decideExpiry } from '../../domain/lock/opening';
import type { Deps } from '../deps';
import { changeOpening } from './change-opening';

const batch = 100;

/** Openings whose time is over. */
export const dueOpenings = (db: Database, now: Moment) =>
  db
    .select({ id: openings.id, lockId: openings.lockId })
    .from(openings)
    .where(
      and(
        inArray(openings.status, ['pending', 'sent', 'accepted', 'unresolved']),
        lte(openings.expiresAt, now),
      ),
    )
    .orderBy(asc(openings.expiresAt))
    .limit(batch);

/** Ends openings whose time is over. Returns how many rows were looked at; call again while it is a full batch. */
export async function expireDue(deps: Deps): Promise<number> {
  const due = await dueOpenings(deps.db, deps.clock.now());
  for (const { id, lockId } of due) {
    const event = await deps.db.transaction(async (tx) => {
      await tx.select({ id: locks.id }).from(locks).where(eq(locks.id, lockId)).for('update');
      const [row] = await tx.select().from(openings).where(eq(openings.id, id));
      const change = row === undefined ? undefined : decideExpiry(row, deps.clock.now());
      return row === undefined || change === undefined
        ? undefined
        : (await changeOpening(tx, row, change)).event;
    });
    deps.bus.announce([event]);
  }
  return due.length;
}
