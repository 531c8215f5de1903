import { setTimeout as delay } from 'node:timers/promises';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { lockPins, locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { Actor } from '../audit/add-lines';
import type { Deps } from '../deps';
import type { LockRow } from '../locks/load-lock';
import { dropQueued } from './place-command';
import { beginRemoval } from './remove-pin';
import type { PinRow } from './view';

/** Whose deed it is when nobody asked for it. */
export const service: Actor = { kind: 'service', id: 'latchkey', name: '' };

const openPins = (executor: Executor, lockIds: readonly number[]): Promise<PinRow[]> =>
  executor
    .select()
    .from(lockPins)
    .where(and(inArray(lockPins.lockId, [...lockIds]), isNull(lockPins.removedAt)))
    .orderBy(asc(lockPins.createdAt), asc(lockPins.id));

/**
 * A lock leaves its home: its codes are taken away as soon as it can be reached, wherever it stands then; of who had
 * them the next home learns nothing. The caller holds the lock's row.
 */
export async function releasePins(executor: Executor, lockId: number, now: Date): Promise<void> {
  for (const pin of await openPins(executor, [lockId])) await beginRemoval(executor, pin, service, now, '');
  await executor
    .update(lockPins)
    .set({ createdById: '', createdByName: '' })
    .where(and(eq(lockPins.lockId, lockId), isNull(lockPins.removedAt)));
}

/** A lock is gone, or another device: nobody can reach its codes any more. The caller holds the lock's row. */
export async function closePins(executor: Executor, lockId: number, now: Date): Promise<void> {
  for (const pin of await openPins(executor, [lockId])) {
    await dropQueued(executor, pin, now);
    await executor.update(lockPins).set({ removedAt: now }).where(eq(lockPins.id, pin.id));
  }
}

const clearingMostMs = 5_000;
const lookAgainMs = 100;

/**
 * Before locks are parted from what reaches them: takes their codes away and waits a few seconds for it. What could not
 * be reached by then stays as it is told by its row. `send` brings the next command of a lock on its way; without it the
 * bridge does.
 */
export async function clearPins(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  lockIds: readonly number[],
  by: Actor,
  send: (lockId: number) => Promise<void> = async () => {},
): Promise<void> {
  if (lockIds.length === 0) return;
  const reached: Pick<LockRow, 'id'>[] = [];
  for (const lockId of [...lockIds].sort((one, other) => one - other))
    await db.transaction(async (tx) => {
      const [lock] = await tx.select().from(locks).where(eq(locks.id, lockId)).for('update');
      const pins = await openPins(tx, [lockId]);
      for (const pin of pins) await beginRemoval(tx, pin, by, clock.now());
      if (lock !== undefined && lock.reachable === true && pins.length > 0) reached.push(lock);
    });
  const until = Date.now() + clearingMostMs;
  for (const { id } of reached) {
    while (Date.now() < until && (await openPins(db, [id])).length > 0) {
      await send(id);
      await delay(lookAgainMs);
    }
  }
}
