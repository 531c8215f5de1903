import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { lockKeyCommands } from '@/drizzle/schema';
import type { Moment } from '../../db/any-rows';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { bulkTries, keyCommandLifeMs } from '../../domain/lock/key-command';
import type { Deps } from '../deps';
import { carryOut } from './carry-out';
import { isOfKey, type KeyCommandRow, placeChange } from './place-change';

/** For so long nobody else takes a key that one bridge has begun with. */
const leaseMs = 30_000;

/** Key changes whose turn has come. */
export const dueKeys = (executor: Executor, now: Moment, limit = 10) =>
  executor
    .select()
    .from(lockKeyCommands)
    .where(and(eq(lockKeyCommands.status, 'queued'), isOfKey, lte(lockKeyCommands.dueAt, now)))
    .orderBy(asc(lockKeyCommands.dueAt))
    .limit(limit);

function lease({ db, clock }: Deps, limit?: number): Promise<KeyCommandRow[]> {
  return db.transaction(async (tx) => {
    const now = clock.now();
    const due = (await dueKeys(tx, now, limit).for('update', { skipLocked: true })) as KeyCommandRow[];
    if (due.length === 0) return [];
    await tx
      .update(lockKeyCommands)
      .set({ dueAt: new Date(now.getTime() + leaseMs) })
      .where(
        inArray(
          lockKeyCommands.id,
          due.map(({ id }) => id),
        ),
      );
    return due;
  });
}

async function attempt(deps: Deps, row: KeyCommandRow): Promise<void> {
  const attempts = row.attempts + 1;
  try {
    const { uuid, command } = await placeChange(deps, row.lockId, (_state, now) => ({
      ...row,
      status: 'pending',
      attempts,
      error: null,
      dueAt: now,
      expiresAt: new Date(now.getTime() + keyCommandLifeMs[row.kind]),
      withdrawnAt: null,
    }));
    await carryOut(deps, uuid, command);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const isWorthATry = error.code === 'device_unreachable' && attempts < bulkTries;
    const now = deps.clock.now();
    await deps.db
      .update(lockKeyCommands)
      .set(
        isWorthATry
          ? { status: 'queued', attempts, dueAt: new Date(now.getTime() + 1_000 * 2 ** attempts) }
          : { status: 'failed', attempts, error: error.code.toUpperCase(), withdrawnAt: row.withdrawnAt },
      )
      .where(and(eq(lockKeyCommands.id, row.id), inArray(lockKeyCommands.status, ['queued', 'failed'])));
  }
}

/** Adds the keys of bulks that are due, one after the other; those that do not reach the lock come again later. */
export async function runQueue(deps: Deps, limit?: number): Promise<number> {
  const due = await lease(deps, limit);
  for (const row of due) await attempt(deps, row);
  return due.length;
}
