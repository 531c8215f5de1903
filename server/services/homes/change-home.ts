import { eq } from 'drizzle-orm';
import { homes } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';
import type { HomeRow } from './view';

/** Changes a home and tells those who listen to it, in the caller's transaction. */
export async function changeHome(
  executor: Executor,
  homeId: number,
  changes: Partial<Pick<HomeRow, 'name' | 'timezone' | 'deactivated'>>,
): Promise<HomeEvent | undefined> {
  await executor.update(homes).set(changes).where(eq(homes.id, homeId));
  return record(executor, homeId, 'home', changes);
}
