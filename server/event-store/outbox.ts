import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { homeEvents, homes } from '@/drizzle/schema';
import type { LiveTopic } from '../contracts/realtime';
import type { Database, Executor } from '../db/client';
import { gathered } from '../db/gathered';
import { prepared, run } from '../db/prepared';

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
  with next as (
    update homes set position = position + 1,
      news_position = case when $2::text in ('event', 'kv') then news_position else position + 1 end
    where id = $1 returning position)
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

const positions = prepared((db: Database) =>
  db
    .select({ key: homes.id, row: homes.position })
    .from(homes)
    .where(sql`${homes.id} = any(${sql.placeholder('ids')}::bigint[])`)
    .prepare('home_positions'),
);

/**
 * The position that a home's log has reached; undefined: no such home. After a restart many homes are asked for at
 * once: they are looked up together.
 */
export const currentPosition: (db: Database, homeId: number) => Promise<number | undefined> = gathered(
  (db, ids) => positions(db).execute({ ids }),
);

type LineRow = Pick<typeof homeEvents.$inferSelect, 'homeId' | 'position' | 'topic' | 'payload' | 'body'>;

/** A line as it was read; what has a text of its own is parsed when somebody asks for it. */
export const toHomeEvent = ({ homeId, position, topic, payload, body }: LineRow): HomeEvent =>
  body === null ? { homeId, position, topic, payload } : new TextLine(homeId, position, topic, body);

/** A line whose JSON text is parsed only when its payload is asked for: most listeners pass the text on. */
export class TextLine implements HomeEvent {
  constructor(
    readonly homeId: number,
    readonly position: number,
    readonly topic: LiveTopic,
    readonly body: string,
  ) {}

  get payload(): unknown {
    return JSON.parse(this.body);
  }
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
  return rows.map(toHomeEvent);
}

/** Lines older than `ageMs` that no bus has carried yet: what a crash left behind, oldest of each home first. */
export async function unannounced(
  db: Pick<Executor, 'execute'>,
  ageMs: number,
  limit: number,
): Promise<HomeEvent[]> {
  const rows = await db.execute<{
    home_id: string;
    position: string;
    topic: LiveTopic;
    payload: string;
    body: string | null;
  }>(sql`
    select h.id::text as home_id, line.position::text, line.topic, line.payload::text, line.body
    from homes h left join home_announcements a on a.home_id = h.id
    cross join lateral (
      select * from home_events e
      where e.home_id = h.id and e.position > coalesce(a.position, 0)
        and e.created_at < now() - make_interval(secs => ${ageMs / 1000}::double precision)
      order by e.position limit ${limit}) line
    where h.position > coalesce(a.position, 0)
    limit ${limit}`);
  return rows.map((row) =>
    toHomeEvent({
      homeId: Number(row.home_id),
      position: Number(row.position),
      topic: row.topic,
      payload: JSON.parse(row.payload) as unknown,
      body: row.body,
    }),
  );
}

/**
 * Takes in which positions the bus has carried: a home's mark moves up to its first gap. Returns what lies beyond a
 * gap, to be brought again when the gap is filled; homes that are gone are forgotten.
 */
export async function markAnnounced(
  db: Pick<Executor, 'execute'>,
  seen: ReadonlyMap<number, ReadonlySet<number>>,
): Promise<Map<number, Set<number>>> {
  const beyond = new Map<number, Set<number>>();
  if (seen.size === 0) return beyond;
  const ids = `{${[...seen.keys()].join(',')}}`;
  const stored = await db.execute<{ id: string; position: string }>(sql`
    select h.id::text, coalesce(a.position, 0)::text as position
    from homes h left join home_announcements a on a.home_id = h.id where h.id = any(${ids}::bigint[])`);
  const moved: { id: number; position: number }[] = [];
  for (const row of stored) {
    const [id, from] = [Number(row.id), Number(row.position)];
    const positions = seen.get(id) ?? new Set();
    let position = from;
    while (positions.has(position + 1)) position += 1;
    if (position > from) moved.push({ id, position });
    const rest = new Set([...positions].filter((one) => one > position));
    if (rest.size > 0) beyond.set(id, rest);
  }
  if (moved.length > 0)
    await db.execute(sql`
      insert into home_announcements (home_id, position)
      select moved.id, moved.position
      from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as moved(id bigint, position bigint)
      join homes on homes.id = moved.id
      on conflict (home_id) do update set position = greatest(home_announcements.position, excluded.position)`);
  return beyond;
}
