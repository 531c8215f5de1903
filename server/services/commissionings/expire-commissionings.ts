import { and, asc, eq, inArray, isNull, lte } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import type { Moment } from '../../db/any-rows';
import type { Database } from '../../db/client';
import { decideCommissioningExpiry, runningCommissionings } from '../../domain/hub/commissioning';
import type { Deps } from '../deps';
import { holdHub } from '../hubs/load-hub';
import { changeCommissioning } from './change-commissioning';

const batch = 100;

/** Attempts whose time is over. */
export const dueCommissionings = (db: Database, now: Moment) =>
  db
    .select({ id: commissionings.id, hubId: commissionings.hubId })
    .from(commissionings)
    .where(
      and(
        // Running ones stand in a shadow; so the index of those that do is enough.
        isNull(commissionings.withdrawnAt),
        inArray(commissionings.status, runningCommissionings),
        lte(commissionings.expiresAt, now),
      ),
    )
    .orderBy(asc(commissionings.expiresAt))
    .limit(batch);

/** Ends attempts whose time is over. */
export async function expireCommissionings(deps: Deps): Promise<void> {
  const due = await dueCommissionings(deps.db, deps.clock.now());
  for (const { id, hubId } of due) {
    const event = await deps.db.transaction(async (tx) => {
      await holdHub(tx, hubId);
      const [row] = await tx.select().from(commissionings).where(eq(commissionings.id, id));
      const change = row === undefined ? undefined : decideCommissioningExpiry(row, deps.clock.now());
      return row === undefined || change === undefined
        ? undefined
        : (await changeCommissioning(tx, row, change)).event;
    });
    deps.bus.announce([event]);
  }
}
