import { randomUUID } from 'node:crypto';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { commissionings, hubs } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { hubCommandLifeMs, runningCommissionings, shadowAnswerMs } from '../../domain/hub/commissioning';
import { nextRemoval } from '../../domain/hub/removal';
import type { Deps } from '../deps';
import { holdHub } from './load-hub';

/**
 * Locks that hubs say they have and that are another hub's or nobody's now: removed, moved off, or of a home that was
 * deleted with the hub in it.
 */
async function lostLocks(executor: Executor, which: SQL): Promise<{ hubId: string; thing: string }[]> {
  const rows = await executor.execute<{ hub_id: string; thing: string }>(sql`
    select h.id as hub_id, told.thing
    from hubs h
    cross join lateral jsonb_array_elements_text(h.info -> 'locks') as told(thing)
    join locks l on l.uuid = substr(told.thing, 6)::uuid
    where ${which} and h.status in ('provisioned', 'claimed') and h.reachable is not false
      and (l.hub_id is distinct from h.id or (l.home_id is null and h.home_id is null))`);
  return rows.map((row) => ({ hubId: row.hub_id, thing: row.thing }));
}

/** Writes which lock a hub is told to give up next, and when not to tell it more; undefined: nothing now. */
function place(deps: Deps, hubId: string) {
  return deps.db.transaction(async (tx) => {
    const hub = await holdHub(tx, hubId);
    if (hub === undefined) return undefined;
    const now = deps.clock.now();
    const things = (await lostLocks(tx, sql`h.id = ${hubId}::uuid`)).map(({ thing }) => thing);
    const wanted = nextRemoval(hub.info?.removal, things, now);
    if (wanted === undefined) return undefined;
    const [running] = await tx
      .select({ id: commissionings.id })
      .from(commissionings)
      .where(and(eq(commissionings.hubId, hubId), inArray(commissionings.status, runningCommissionings)));
    // A hub that pairs takes nothing else; its report of the end leads here again.
    if (running !== undefined) return undefined;
    const id = randomUUID();
    const expiresAt = now.getTime() + hubCommandLifeMs;
    const removal = { ...wanted, id, dueAt: expiresAt };
    await tx
      .update(hubs)
      .set({ info: { ...hub.info, removal } })
      .where(eq(hubs.id, hubId));
    const args = { lockId: wanted.thing, force: wanted.isForced };
    const command = { id, type: 'remove_lock', args, code: null, issuedAt: now.getTime(), expiresAt };
    return { thing: hub.thingName, command };
  });
}

/**
 * Tells hubs to take locks off their fabrics that are theirs no longer (matter-hub 6): one lock at a time, without force
 * first. A hub that is away or busy is told later: what it reports to have is looked at again (decision 37). `hub`: this
 * one alone. Never throws.
 */
export async function giveUpLocks(deps: Deps, hub?: { id: string } | { thing: string }): Promise<void> {
  try {
    const which =
      hub === undefined
        ? sql`true`
        : 'id' in hub
          ? sql`h.id = ${hub.id}::uuid`
          : sql`h.thing_name = ${hub.thing}`;
    const ids = new Set((await lostLocks(deps.db, which)).map((lost) => lost.hubId));
    for (const id of ids) {
      const placed = await place(deps, id);
      if (placed === undefined) continue;
      const { thing, command } = placed;
      await deps.shadow.update(thing, { desired: { command } }, command.id, shadowAnswerMs);
    }
  } catch (error) {
    deps.log.warn({ err: error }, 'hubs are told later of locks that are not theirs');
  }
}
