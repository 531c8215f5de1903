import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { locks, openings } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';

/** A command that is over and may still stand in the shadow of a thing. */
export interface EndedCommand {
  id: string;
  thing: string;
  of: 'opening' | 'commissioning' | 'hub-command' | 'pin';
}

/** The member of `desired` that holds it. */
export const memberOf = ({ of }: Pick<EndedCommand, 'of'>): 'command' | 'pin' =>
  of === 'pin' ? 'pin' : 'command';

/** Ended openings whose command may still stand in a shadow, oldest first. */
export const endedOpenings = (db: Database, limit = 100) =>
  db
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

/** The same, as commands to withdraw. */
export async function commandsToWithdraw({ db }: Deps, limit?: number): Promise<EndedCommand[]> {
  const rows = await endedOpenings(db, limit);
  return rows.map(({ openingId, lockUuid }) => ({
    id: openingId,
    thing: lockThing(lockUuid),
    of: 'opening',
  }));
}
