import { eq, or } from 'drizzle-orm';
import { hubs, locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';
import type { Deps } from '../deps';
import { giveUpLocks } from '../hubs/give-up-locks';
import { orgIdOf } from '../hubs/load-hub';
import { toHub } from '../hubs/view';
import { loadShadow } from '../shadows/store';
import { addHistory } from './add-history';
import { lockThing, lockUuid } from './load-lock';
import { toDoorReport } from './view';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether its hub has said last that a lock does not answer: the hub's own coming does not change that. */
async function isSilent(executor: Executor, uuid: string): Promise<boolean> {
  const shadow = await loadShadow(executor, { thing: lockThing(uuid), name: '' });
  return shadow?.deleted === false && shadow.state.reported?.reachable === false;
}

/**
 * A lock, or a hub with the locks behind it, came or went: its home is told. Unknown things change nothing. A
 * hub that comes learns what it has to give up; `address` is where it is connected from, where its broker tells.
 */
export async function setReachable(
  deps: Deps,
  thing: string,
  reachable: boolean,
  address?: string,
): Promise<void> {
  const uuid = lockUuid(thing);
  if (uuid !== undefined && !uuidShape.test(uuid)) return;
  const { hubId, events } = await deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const announced: (HomeEvent | undefined)[] = [];
    const [hub] =
      uuid === undefined ? await tx.select().from(hubs).where(eq(hubs.thingName, thing)).for('update') : [];
    if (uuid === undefined && hub === undefined) return { events: announced };
    // Rows of locks are held before a line is written, which holds the home: here and everywhere.
    const found = await tx
      .select()
      .from(locks)
      .where(
        or(
          uuid === undefined ? undefined : eq(locks.uuid, uuid),
          hub === undefined ? undefined : eq(locks.hubId, hub.id),
        ),
      )
      .orderBy(locks.id)
      .for('update');
    if (hub !== undefined) {
      const change = {
        reachable,
        ...(hub.reachable === reachable ? {} : { reachableSince: now }),
        lastSeenAt: now,
        address: reachable ? (address ?? null) : null,
      };
      await tx.update(hubs).set(change).where(eq(hubs.id, hub.id));
      if (hub.reachable !== reachable && hub.homeId !== null) {
        const view = toHub({ ...hub, ...change }, await orgIdOf(tx, hub.projectId), now);
        announced.push(await record(tx, hub.homeId, 'hub', view));
      }
    }
    for (const lock of found) {
      if (lock.reachable === reachable) continue;
      if (reachable && hub !== undefined && (await isSilent(tx, lock.uuid))) continue;
      const change = { reachable, reachableSince: now };
      await tx.update(locks).set(change).where(eq(locks.id, lock.id));
      await addHistory(tx, lock, [{ kind: 'reachability', value: { reachable }, isTold: false }], now);
      if (lock.homeId !== null)
        announced.push(await record(tx, lock.homeId, 'door', toDoorReport({ ...lock, ...change })));
    }
    return { hubId: hub?.id, events: announced };
  });
  deps.bus.announce(events);
  if (reachable && hubId !== undefined) void giveUpLocks(deps, { id: hubId });
}
