import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Executor, Transaction } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';
import type { LockRow } from '../locks/load-lock';
import { toDoorReport } from '../locks/view';
import { closeOpenings } from '../openings/close-openings';

/** The locks behind a hub, their rows held: after the hub's own and before any line of a home is written. */
export const holdDoorsBehind = (tx: Transaction, hubId: string): Promise<LockRow[]> =>
  tx.select().from(locks).where(eq(locks.hubId, hubId)).orderBy(locks.id).for('update');

/** Ends every running opening of locks that are held. */
export async function closeDoors(
  executor: Executor,
  doors: readonly LockRow[],
  error: string,
  at: Date,
): Promise<void> {
  for (const door of doors) await closeOpenings(executor, door.id, error, at);
}

/** Parts locks that are held from their hub: they stay in their home, out of reach until a hub is named for them again. */
export async function detachLocks(
  executor: Executor,
  doors: readonly LockRow[],
  at: Date,
): Promise<(HomeEvent | undefined)[]> {
  const lines = [];
  await closeDoors(executor, doors, 'HUB_MOVED', at);
  for (const door of doors) {
    const change = { hubId: null, reachable: false, reachableSince: at };
    await executor.update(locks).set(change).where(eq(locks.id, door.id));
    if (door.homeId !== null)
      lines.push(await record(executor, door.homeId, 'door', toDoorReport({ ...door, ...change })));
  }
  return lines;
}
