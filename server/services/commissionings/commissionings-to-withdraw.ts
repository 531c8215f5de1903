import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { commissionings, hubs } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import type { Deps } from '../deps';
import type { EndedCommand } from '../openings/commands-to-withdraw';

/** Ended attempts whose command, and with it the code, may still stand in a hub's shadow. */
export const endedCommissionings = (db: Database, limit = 100) =>
  db
    .select({ id: commissionings.id, thing: hubs.thingName })
    .from(commissionings)
    .innerJoin(hubs, eq(hubs.id, commissionings.hubId))
    .where(
      and(
        inArray(commissionings.status, ['succeeded', 'failed', 'expired']),
        isNull(commissionings.withdrawnAt),
      ),
    )
    .orderBy(asc(commissionings.expiresAt))
    .limit(limit);

/** The same, as commands to withdraw. */
export async function commissioningsToWithdraw({ db }: Deps, limit?: number): Promise<EndedCommand[]> {
  const rows = await endedCommissionings(db, limit);
  return rows.map((row) => ({ ...row, of: 'commissioning' }));
}
