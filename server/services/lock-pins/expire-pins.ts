import { and, asc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import { lockKeyCommands, locks } from '@/drizzle/schema';
import type { Moment } from '../../db/any-rows';
import type { Database, Executor } from '../../db/client';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { pinKinds } from './place-command';
import { takePinOutcome } from './take-outcome';

const isPin = inArray(lockKeyCommands.kind, pinKinds);

/** Commands whose time is over: what was sent, and digits that waited for their turn too long. Removals wait on. */
const isDue = (now: Moment) =>
  and(
    isPin,
    lte(lockKeyCommands.expiresAt, now),
    or(
      and(eq(lockKeyCommands.status, 'sent'), isNull(lockKeyCommands.withdrawnAt)),
      and(eq(lockKeyCommands.status, 'queued'), eq(lockKeyCommands.kind, 'set-pin')),
    ),
  );

/** Commands about codes whose time is over. */
export const duePins = (db: Database, now: Moment, limit = 50) =>
  db
    .select({ id: lockKeyCommands.id, lockId: lockKeyCommands.lockId })
    .from(lockKeyCommands)
    .where(isDue(now))
    .orderBy(asc(lockKeyCommands.expiresAt))
    .limit(limit);

/** Ends commands about codes of which nothing was heard in time: setting has failed, removing begins anew. */
export async function expirePins({ db, clock, bus }: Deps, limit?: number): Promise<void> {
  const due = await duePins(db, clock.now(), limit);
  for (const { id, lockId } of due) {
    const taken = await db.transaction(async (tx) => {
      const [lock] = await tx.select().from(locks).where(eq(locks.id, lockId)).for('update');
      const now = clock.now();
      const [command] = await tx
        .select()
        .from(lockKeyCommands)
        .where(and(eq(lockKeyCommands.id, id), isDue(now)));
      if (lock === undefined || command === undefined) return undefined;
      return takePinOutcome(tx, lock, command, { isDone: false, error: 'LOCK_UNREACHABLE' }, now);
    });
    bus.announce([taken?.line]);
  }
}

/** Ended commands about codes that may still stand in a shadow, oldest first. */
export const endedPins = (db: Database, limit = 100) =>
  db
    .select({ id: lockKeyCommands.id, uuid: locks.uuid })
    .from(lockKeyCommands)
    .innerJoin(locks, eq(locks.id, lockKeyCommands.lockId))
    .where(
      and(isPin, isNull(lockKeyCommands.withdrawnAt), inArray(lockKeyCommands.status, ['done', 'failed'])),
    )
    .orderBy(asc(lockKeyCommands.createdAt))
    .limit(limit);

/** The same, as commands to withdraw. */
export async function pinsToWithdraw({ db }: Deps, limit?: number): Promise<EndedCommand[]> {
  const rows = await endedPins(db, limit);
  return rows.map(({ id, uuid }) => ({ id, thing: lockThing(uuid), of: 'pin' }));
}

/** The command stands in no shadow any more; the next of its lock may come. */
export async function markPinWithdrawn(executor: Executor, id: string, now: Date): Promise<void> {
  await executor.update(lockKeyCommands).set({ withdrawnAt: now }).where(eq(lockKeyCommands.id, id));
}
