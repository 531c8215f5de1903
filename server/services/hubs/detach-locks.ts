import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';
import type { LockRow } from '../locks/load-lock';
import { toDoorReport } from '../locks/view';
import { closeOpenings } from '../openings/close-openings';

/** Ends every running opening of the locks behind a hub, and holds their rows. */
export async function closeDoorsBehind(
  tx: Transaction,
  hubId: string,
  error: string,
  at: Date,
): Promise<LockRow[]> {
  const doors = await tx.select().from(locks).where(eq(locks.hubId, hubId)).orderBy(locks.id).for('update');
  for (const door of doors) await closeOpenings(tx, door.id, error, at);
  return doors;
}

/** Parts a hub from its locks: they stay in their home, and are out of reach until a hub is named for them again. */
export async function detachLocks(
  tx: Transaction,
  hubId: string,
  at: Date,
): Promise<(HomeEvent | undefined)[]> {
  const lines = [];
  for (const door of await closeDoorsBehind(tx, hubId, 'HUB_MOVED', at)) {
    const change = { hubId: null, reachable: false, reachableSince: at };
    await tx.update(locks).set(change).where(eq(locks.id, door.id));
    if (door.homeId !== null)
      lines.push(await record(tx, door.homeId, 'door', toDoorReport({ ...door, ...change })));
  }
  return lines;
}
