import { eq } from 'drizzle-orm';
import { hubs, locks } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { lockThing } from './load-lock';
import { setReachable } from './set-reachable';

/** Locks and hubs that are shown as reachable though they are not on the broker: they left while nobody listened. */
export async function markUnheard(deps: Deps, heard: ReadonlySet<string>): Promise<void> {
  const shownHubs = await deps.db
    .select({ thing: hubs.thingName })
    .from(hubs)
    .where(eq(hubs.reachable, true));
  for (const { thing } of shownHubs) if (!heard.has(thing)) await setReachable(deps, thing, false);
  const shown = await deps.db
    .select({ uuid: locks.uuid, hub: hubs.thingName })
    .from(locks)
    .leftJoin(hubs, eq(hubs.id, locks.hubId))
    .where(eq(locks.reachable, true));
  for (const { uuid, hub } of shown) {
    const thing = lockThing(uuid);
    if (heard.has(thing) || (hub !== null && heard.has(hub))) continue;
    await setReachable(deps, thing, false);
  }
}
