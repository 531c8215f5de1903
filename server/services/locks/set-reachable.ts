import { eq, inArray, or } from 'drizzle-orm';
import { hubs, locks } from '@/drizzle/schema';
import { record } from '../../event-store/outbox';
import type { Deps } from '../deps';
import { lockUuid } from './load-lock';
import { toDoorReport } from './view';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A lock, or the hub of locks, came or went: the doors say so. Unknown things change nothing. */
export async function setReachable(deps: Deps, thing: string, reachable: boolean): Promise<void> {
  const uuid = lockUuid(thing) ?? (thing.startsWith('hub-') ? thing.slice(4) : '');
  if (!uuidShape.test(uuid)) return;
  const events = await deps.db.transaction(async (tx) => {
    const behindHub = tx.select({ id: hubs.id }).from(hubs).where(eq(hubs.id, uuid));
    const found = await tx
      .select()
      .from(locks)
      .where(or(eq(locks.uuid, uuid), inArray(locks.hubId, behindHub)))
      .orderBy(locks.id)
      .for('update');
    const now = deps.clock.now();
    const announced = [];
    for (const lock of found) {
      if (lock.reachable === reachable) continue;
      const change = { reachable, reachableSince: now };
      await tx.update(locks).set(change).where(eq(locks.id, lock.id));
      if (lock.homeId !== null)
        announced.push(await record(tx, lock.homeId, 'door', toDoorReport({ ...lock, ...change })));
    }
    return announced;
  });
  deps.bus.announce(events);
}
