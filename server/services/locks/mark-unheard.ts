import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { lockThing } from './load-lock';
import { setReachable } from './set-reachable';

/** Locks that are shown as reachable though neither they nor their hub are on the broker: they left while nobody listened. */
export async function markUnheard(deps: Deps, heard: ReadonlySet<string>): Promise<void> {
  const shown = await deps.db
    .select({ uuid: locks.uuid, hubId: locks.hubId })
    .from(locks)
    .where(eq(locks.reachable, true));
  for (const { uuid, hubId } of shown) {
    const thing = lockThing(uuid);
    if (heard.has(thing) || (hubId !== null && heard.has(`hub-${hubId}`))) continue;
    await setReachable(deps, thing, false);
  }
}
