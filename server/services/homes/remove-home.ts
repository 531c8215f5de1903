import { eq } from 'drizzle-orm';
import { devices, homes, locks, openings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { commandLock } from '../locks/change-lock';
import { closeOpenings } from '../openings/close-openings';

/**
 * Takes a home away within a transaction: members go, locks are unassigned
 * and the rights at them end, devices become homeless, running openings
 * are closed and withdrawn (model 2). The caller revokes the home after commit.
 */
export async function removeHome(executor: Executor, homeId: number, now: Date): Promise<void> {
  const doors = await executor
    .select({ id: locks.id })
    .from(locks)
    .where(eq(locks.homeId, homeId))
    .orderBy(locks.id)
    .for('update');
  for (const door of doors) {
    await closeOpenings(executor, door.id, 'HOME_DELETED', now);
    await commandLock(executor, door.id, { type: 'Assign', homeId: undefined }, now);
  }
  await executor.update(openings).set({ homeId: null }).where(eq(openings.homeId, homeId));
  // Devices are locked before their home, here and everywhere.
  await executor.update(devices).set({ homeId: null }).where(eq(devices.homeId, homeId));
  await executor.delete(homes).where(eq(homes.id, homeId));
}
