import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import type { Deps } from '../deps';

export interface EndedCommand {
  openingId: string;
  lockUuid: string;
}

/** Ended openings whose command may still stand in a shadow, oldest first. */
export function commandsToWithdraw({ db }: Deps, limit = 100): Promise<EndedCommand[]> {
  return db
    .select({ openingId: openings.id, lockUuid: locks.uuid })
    .from(openings)
    .innerJoin(locks, eq(locks.id, openings.lockId))
    .where(
      and(
        inArray(openings.status, ['confirmed', 'failed', 'expired']),
        isNull(openings.withdrawnAt),
        isNull(openings.joined),
      ),
    )
    .orderBy(asc(openings.outcomeAt))
    .limit(limit);
}
