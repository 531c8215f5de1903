import { and, asc, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import { lockKeyCommands, locks } from '@/drizzle/schema';
import type { Moment } from '../../db/any-rows';
import type { Database } from '../../db/client';
import { shadowAnswerMs } from '../../domain/lock/opening';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';
import { endStale, isOfKey } from './place-change';

/** Key commands that stand in a shadow and are done, failed or past their time, oldest first. */
export const doneKeys = (db: Database, now: Moment, limit = 50) =>
  db
    .select({ id: lockKeyCommands.id, uuid: locks.uuid })
    .from(lockKeyCommands)
    .innerJoin(locks, eq(locks.id, lockKeyCommands.lockId))
    .where(
      and(
        isOfKey,
        isNull(lockKeyCommands.withdrawnAt),
        or(
          inArray(lockKeyCommands.status, ['done', 'failed']),
          and(eq(lockKeyCommands.status, 'sent'), lte(lockKeyCommands.expiresAt, now)),
        ),
      ),
    )
    .orderBy(asc(lockKeyCommands.createdAt))
    .limit(limit);

/**
 * Takes key commands out of the shadows that are done, failed or past their time, and gives up those that nobody hands
 * over any more. What a shadow does not answer is tried again at the next call.
 */
export async function withdrawDone({ db, clock, shadow }: Deps, limit?: number): Promise<number> {
  const now = clock.now();
  await endStale(db, now);
  const rows = await doneKeys(db, now, limit);
  const byLock = new Map<string, string[]>();
  for (const { id, uuid } of rows) byLock.set(uuid, [...(byLock.get(uuid) ?? []), id]);
  for (const [uuid, ids] of byLock) {
    const answer = await shadow.update(
      lockThing(uuid),
      { desired: { keyCommands: Object.fromEntries(ids.map((id) => [id, null])) } },
      `keys.${ids[0]}`,
      shadowAnswerMs,
    );
    // A shadow that refuses is one that nobody reads.
    if (answer.kind !== 'accepted' && answer.kind !== 'rejected') continue;
    await db
      .update(lockKeyCommands)
      .set({ withdrawnAt: clock.now() })
      .where(inArray(lockKeyCommands.id, ids));
  }
  return rows.length;
}
