import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { homeEvents, homes, notifiedHomes } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { happeningsIn, type LogLine } from '../../domain/notify/happenings';
import type { Deps } from '../deps';
import { tellPeople } from './tell-people';

const homesMost = 200;
const linesMost = 500;
/** How far back the state of a door before a line is looked for; beyond it the door counts as never heard of. */
const lookBack = 5_000;
/** How long a lock may be away before anybody is told, and how long that is still news. */
export const unreachableAfterMs = 120_000;
const unreachableNewsMs = 3_600_000;

type Following = Pick<Deps, 'db' | 'clock' | 'messaging' | 'secrets'>;

/** A home that is new here is followed from its present on: what was before is no news. */
const takeIn = ({ db }: Following) =>
  db.execute(sql`
    insert into notified_homes (home_id, position)
    select h.id, h.position from homes h
    where not exists (select 1 from notified_homes n where n.home_id = h.id) on conflict do nothing`);

async function doorsBefore(
  tx: Executor,
  homeId: number,
  lines: readonly LogLine[],
): Promise<(lockId: number, position: number) => object> {
  const first = lines[0]?.position ?? 0;
  const seen = lines.filter(({ topic }) => topic === 'door');
  const lockIds = [
    ...new Set(seen.map(({ payload }) => Number((payload as { lockId?: unknown } | null)?.lockId))),
  ];
  const older = new Map<number, object>();
  for (const lockId of lockIds.filter(Number.isSafeInteger)) {
    const [row] = await tx.execute<{ payload: string }>(sql`
      select payload::text from home_events
      where home_id = ${homeId} and position < ${first} and position >= ${first - lookBack}
        and topic = 'door' and payload->>'lockId' = ${String(lockId)}
      order by position desc limit 1`);
    if (row !== undefined) older.set(lockId, JSON.parse(row.payload) as object);
  }
  return (lockId, position) => {
    const before = seen.findLast(
      (line) => line.position < position && (line.payload as { lockId?: unknown }).lockId === lockId,
    );
    return (before?.payload as object | undefined) ?? older.get(lockId) ?? {};
  };
}

/**
 * Reads the next stretch of one home's log, tells people of it and moves the mark, all in one transaction. What devices
 * tell is no news and is not read.
 */
async function followHome(deps: Following, homeId: number): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const [mark] = await tx
      .select({ position: notifiedHomes.position, home: homes })
      .from(notifiedHomes)
      .innerJoin(homes, eq(homes.id, notifiedHomes.homeId))
      .where(eq(notifiedHomes.homeId, homeId))
      .for('update', { of: notifiedHomes });
    if (mark === undefined) return;
    const lines = await tx
      .select({ position: homeEvents.position, topic: homeEvents.topic, payload: homeEvents.payload })
      .from(homeEvents)
      .where(
        and(
          eq(homeEvents.homeId, homeId),
          gt(homeEvents.position, mark.position),
          lte(homeEvents.position, mark.home.position),
          // Letter for letter that of the index.
          sql`topic not in ('event', 'kv')`,
        ),
      )
      .orderBy(asc(homeEvents.position))
      .limit(linesMost);
    if (lines.length > 0 && !mark.home.deactivated) {
      const happenings = happeningsIn(lines, await doorsBefore(tx, homeId, lines));
      await tellPeople(deps, tx, mark.home, happenings);
    }
    const last = lines.length < linesMost ? undefined : lines.at(-1);
    await tx
      .update(notifiedHomes)
      .set({ position: last?.position ?? mark.home.position })
      .where(eq(notifiedHomes.homeId, homeId));
  });
}

/**
 * Follows the logs of all homes one stretch further. What people are told is written in the transaction that moves the
 * home's mark, so that after a crash nothing is told twice and nothing is left out. Returns whether more homes may wait.
 */
export async function followHomes(deps: Following): Promise<boolean> {
  await takeIn(deps);
  const waiting = await deps.db
    .select({ homeId: notifiedHomes.homeId })
    .from(notifiedHomes)
    .innerJoin(homes, eq(homes.id, notifiedHomes.homeId))
    .where(gt(homes.newsPosition, notifiedHomes.position))
    .limit(homesMost);
  for (const { homeId } of waiting) await followHome(deps, homeId);
  return waiting.length === homesMost;
}

/** Tells of locks that have been away for two minutes: once for each time that they went away. */
export async function followAbsences(deps: Following): Promise<void> {
  const now = deps.clock.now();
  const since = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const away = await deps.db.execute<{ id: string; home_id: string; since: string }>(sql`
    select l.id::text, l.home_id::text, to_char(l.reachable_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
    from locks l left join rate_counts r on r.subject = 'told away ' || l.id
    where l.reachable = false and l.home_id is not null and l.removed_at is null
      and l.reachable_since <= ${since(unreachableAfterMs)}::timestamptz
      and l.reachable_since > ${since(unreachableNewsMs)}::timestamptz
      and (r.window_start is null or r.window_start < l.reachable_since)
    limit ${homesMost}`);
  for (const lock of away) {
    await deps.db.transaction(async (tx) => {
      const told = await tx.execute(sql`
        insert into rate_counts as r (subject, window_start, count)
        values (${`told away ${lock.id}`}, ${lock.since}::timestamptz, 1)
        on conflict (subject) do update set window_start = excluded.window_start
        where r.window_start < excluded.window_start returning subject`);
      const [home] = await tx
        .select()
        .from(homes)
        .where(eq(homes.id, Number(lock.home_id)));
      if (told.length === 0 || home === undefined || home.deactivated) return;
      const lockId = Number(lock.id);
      const cause = `unreachable:${lockId}:${lock.since}`;
      await tellPeople(deps, tx, home, [{ topic: 'unreachable', lockId, cause, count: 1 }]);
    });
  }
}
