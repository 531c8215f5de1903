import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { homeEvents, homes } from '@/drizzle/schema';
import type { LiveTopic } from '../contracts/realtime';
import type { Database, Executor } from '../db/client';
import { run } from '../db/prepared';

/** One line of a home's log: what listeners of that home are told. */
export interface HomeEvent {
  homeId: number;
  position: number;
  topic: LiveTopic;
  payload: unknown;
  /** For `event`: the JSON text that apps get, its numbers as they came. */
  body?: string;
}

const insertLine = `
  with next as (update homes set position = position + 1 where id = $1 returning position)
  insert into home_events (home_id, position, topic, payload, body)
  select $1::bigint, position, $2::text, $3::text::jsonb, $4::text from next
  returning position`;

/**
 * Writes a line in the caller's transaction. The home's row lock hands out the position, so that a later position is
 * never visible before an earlier one (model 5). Undefined when the home is gone.
 */
export async function record(
  executor: Executor,
  homeId: number,
  topic: LiveTopic,
  payload: object,
  body?: string,
): Promise<HomeEvent | undefined> {
  const rows = await run<{ position: string }>(executor, insertLine, [
    homeId,
    topic,
    JSON.stringify(payload),
    body ?? null,
  ]);
  const row = rows[0];
  return row === undefined
    ? undefined
    : { homeId, position: Number(row.position), topic, payload, ...(body === undefined ? {} : { body }) };
}

/** The position that a home's log has reached; undefined: no such home. */
export async function currentPosition(db: Database, homeId: number): Promise<number | undefined> {
  const rows = await db.select({ position: homes.position }).from(homes).where(eq(homes.id, homeId));
  return rows[0]?.position;
}

/** Lines after one position up to another, in order. */
export async function readHomeEvents(
  db: Database,
  homeId: number,
  after: number,
  upTo: number,
  limit: number,
): Promise<HomeEvent[]> {
  const rows = await db
    .select()
    .from(homeEvents)
    .where(and(eq(homeEvents.homeId, homeId), gt(homeEvents.position, after), lte(homeEvents.position, upTo)))
    .orderBy(asc(homeEvents.position))
    .limit(limit);
  return rows.map(({ position, topic, payload, body }) => ({
    homeId,
    position,
    topic,
    payload,
    ...(body === null ? {} : { body }),
  }));
}

/** Lines older than `ageMs` that no bus has carried yet: what a crash left behind. */
export async function unannounced(db: Database, ageMs: number, limit: number): Promise<HomeEvent[]> {
  const rows = await db.execute<{
    home_id: string;
    position: string;
    topic: LiveTopic;
    payload: string;
    body: string | null;
  }>(sql`
    select home_id::text, position::text, topic, payload::text, body from home_events
    where not announced and created_at < now() - make_interval(secs => ${ageMs / 1000}::double precision)
    order by created_at limit ${limit}`);
  return rows.map((row) => ({
    homeId: Number(row.home_id),
    position: Number(row.position),
    topic: row.topic,
    payload: JSON.parse(row.payload) as unknown,
    ...(row.body === null ? {} : { body: row.body }),
  }));
}

/** Marks lines as carried by the bus. */
export async function markAnnounced(
  db: Database,
  lines: readonly { homeId: number; position: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  await db.execute(sql`
    update home_events set announced = true
    from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as seen("homeId" bigint, position bigint)
    where home_events.home_id = seen."homeId" and home_events.position = seen.position and not announced`);
}
