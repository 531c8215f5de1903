import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
import { lineOfEvent, toldByDeeds } from '../../domain/audit/of-event';
import { isOutcomeUnsure } from '../../domain/lock/outcome';
import type { TakenLine } from './add-lines';

type Reading = Pick<Executor, 'execute'>;

/** From when, and up to when without it, records are looked for. */
export interface Span {
  from: Date;
  until: Date;
}

/** Records that one look takes. */
export const recordsAtOnce = 2_000;

const instant = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
const within = (column: SQL, { from, until }: Span): SQL =>
  sql`${column} >= ${instant(from)} and ${column} < ${instant(until)}`;
const isNew = (source: SQL): SQL =>
  sql`not exists (select 1 from audit_entries a where a.source = ${source})`;
const project = (text: string | null): number => (text === null ? 0 : Number(text));
const home = (text: string | null): number | null => (text === null ? null : Number(text));

interface Placed extends Record<string, unknown> {
  project_id: string | null;
  home_id: string | null;
  actor_kind: string | null;
  actor_id: string | null;
  actor_name: string | null;
  address: string | null;
}
const actorOf = ({ actor_kind, actor_id, actor_name }: Placed) => ({
  kind: actor_kind ?? 'unknown',
  id: actor_id ?? '',
  name: actor_name ?? '',
});

/**
 * Events of aggregates that are not in the audit yet. An opening names its caller, a guest link whoever made it or came by
 * it, a hub the person it was told; of other commands the event does not say who gave them.
 */
export async function newEvents(db: Reading, span: Span): Promise<TakenLine[]> {
  const rows = await db.execute<
    Placed & { type: string; id: string; kind: string; version: number; data: string; created_at: string }
  >(sql`
    select e.aggregate_type as kind, e.aggregate_id as id, e.version, e.type, e.data::text as data,
      e.created_at::text as created_at, o.address,
      coalesce(p.id, l.project_id, h.project_id)::text as project_id,
      coalesce(o.home_id, l.home_id, h.home_id)::text as home_id,
      coalesce(o.principal_kind, g.kind, case when h.id is null or e.data ->> 'userId' is null then null when e.data ->> 'userId' ~ '^[0-9]+$' then 'user' else 'operator' end) as actor_kind,
      coalesce(o.principal_id, g.id, case when h.id is not null then e.data ->> 'userId' end) as actor_id,
      coalesce(o.principal_name, g.name, u.name) as actor_name
    from domain_events e
    left join projects p on p.uuid = e.org_id::uuid
    left join locks l on l.id = case e.aggregate_type when 'lock' then e.aggregate_id::bigint end
    left join matter_devices m on m.id = case e.aggregate_type when 'matter-device' then e.aggregate_id end
    left join hubs h on h.id = coalesce(m.hub_id, case e.aggregate_type when 'hub' then e.aggregate_id::uuid end)
    left join lateral (
      select home_id, principal_kind, principal_id, principal_name, address from openings
      where e.type = 'LockOpenRequested' and lock_id = l.id and event_version = e.version
        and created_at between e.created_at - interval '1 hour' and e.created_at + interval '1 minute' limit 1) o on true
    left join lateral (
      select case e.type when 'TempKeyCreated' then created_by_kind else 'guestLink' end as kind,
        case e.type when 'TempKeyCreated' then created_by_id else uuid::text end as id,
        case e.type when 'TempKeyCreated' then created_by_name else coalesce(label, '') end as name
      from guest_links
      where uuid = case when e.type in ('TempKeyCreated', 'TempKeyUsed') then (e.data ->> 'tempKeyUuid')::uuid end) g on true
    left join users u on u.id = case when h.id is not null and e.data ->> 'userId' ~ '^[0-9]{1,15}$' then (e.data ->> 'userId')::bigint end
    where ${within(sql`e.created_at`, span)} and e.type <> all(${`{${toldByDeeds.join(',')}}`}::text[])
      and ${isNew(sql`'event:' || e.aggregate_type || ':' || e.aggregate_id || ':' || e.version`)}
    order by e.created_at, e.aggregate_type, e.aggregate_id, e.version limit ${recordsAtOnce}`);
  return rows.map((row) => ({
    ...lineOfEvent({
      aggregateType: row.kind,
      aggregateId: row.id,
      version: row.version,
      type: row.type,
      data: JSON.parse(row.data) as Record<string, unknown>,
    }),
    projectId: project(row.project_id),
    homeId: home(row.home_id),
    actor: actorOf(row),
    address: row.address,
    at: new Date(row.created_at),
  }));
}

/** Refusals that are not in the audit yet. */
export async function newRefusals(db: Reading, span: Span): Promise<TakenLine[]> {
  const rows = await db.execute<
    Placed & {
      id: string;
      lock_id: string;
      via: string;
      cause: string;
      request_id: string | null;
      created_at: string;
    }
  >(sql`
    select r.id::text, r.lock_id::text, r.via, r.cause, r.request_id, r.created_at::text as created_at, r.address,
      l.project_id::text, r.home_id::text, r.principal_kind as actor_kind, r.principal_id as actor_id,
      r.principal_name as actor_name
    from refusals r join locks l on l.id = r.lock_id
    where ${within(sql`r.created_at`, span)} and ${isNew(sql`'refusal:' || r.id`)}
    order by r.created_at, r.id limit ${recordsAtOnce}`);
  return rows.map((row) => ({
    projectId: project(row.project_id),
    homeId: home(row.home_id),
    actor: actorOf(row),
    action: 'opening.refuse',
    subject: { kind: 'lock', id: row.lock_id },
    address: row.address,
    data: {
      via: row.via,
      cause: row.cause,
      ...(row.request_id === null ? {} : { requestId: row.request_id }),
    },
    source: `refusal:${row.id}`,
    at: new Date(row.created_at),
  }));
}

const endings: Readonly<Record<string, string>> = {
  confirmed: 'opening.confirm',
  failed: 'opening.fail',
  expired: 'opening.expire',
  late: 'opening.late',
};
/** Which deed an ending is; a failure that may have moved the bolt is none. */
const deedOf = ({ ending, error }: { ending: string; error: string | null }): string =>
  ending === 'failed' && isOutcomeUnsure({ status: ending, error })
    ? 'opening.unconfirmed'
    : (endings[ending] as string);

/** Locks whose openings one look walks over. */
export const locksAtOnce = 5_000;

/**
 * Openings of some locks that were asked for in a span and have come to an end that is not in the audit yet; one that a
 * late report found open has two. Each lock is read by its own index. `next`: the lock to go on after; undefined, it was
 * the last.
 */
export async function newEndings(
  db: Reading,
  span: Span,
  afterLock: number,
): Promise<{ lines: TakenLine[]; next: number | undefined }> {
  const [walked] = await db.execute<{ last: string | null; count: string }>(sql`
    select max(id)::text as last, count(*)::text as count
    from (select id from locks where id > ${afterLock} order by id limit ${locksAtOnce}) walked`);
  const last = walked?.last ?? null;
  if (last === null) return { lines: [], next: undefined };
  const rows = await db.execute<
    Placed & {
      id: string;
      lock_id: string;
      ending: string;
      via: string;
      gesture: string | null;
      request_id: string | null;
      joined: string | null;
      error: string | null;
      reason: string | null;
      ended_at: string;
    }
  >(sql`
    select o.id::text, o.lock_id::text, e.ending, o.via, o.gesture, o.request_id, o.joined::text, o.error, o.reason,
      coalesce(o.outcome_at, o.created_at)::text as ended_at, o.address, l.project_id::text, o.home_id::text,
      o.principal_kind as actor_kind, o.principal_id as actor_id, o.principal_name as actor_name
    from locks l cross join lateral (
      select * from openings where lock_id = l.id and ${within(sql`created_at`, span)}) o
    cross join lateral (values (o.status, true), ('late', o.late_report)) e(ending, has)
    where l.id > ${afterLock} and l.id <= ${Number(last)} and e.has
      and e.ending in ('confirmed', 'failed', 'expired', 'late')
      and ${isNew(sql`'opening:' || o.id || ':' || e.ending`)}
    order by coalesce(o.outcome_at, o.created_at), o.id, e.ending limit ${recordsAtOnce}`);
  const lines = rows.map(
    (row): TakenLine => ({
      projectId: project(row.project_id),
      homeId: home(row.home_id),
      actor: actorOf(row),
      action: deedOf(row),
      subject: { kind: 'lock', id: row.lock_id },
      reason: row.reason,
      address: row.address,
      data: {
        opening: row.id,
        via: row.via,
        ...(row.gesture === null ? {} : { gesture: row.gesture }),
        ...(row.request_id === null ? {} : { requestId: row.request_id }),
        ...(row.joined === null ? {} : { joined: row.joined }),
        ...(row.error === null ? {} : { error: row.error }),
      },
      source: `opening:${row.id}:${row.ending}`,
      at: new Date(row.ended_at),
    }),
  );
  const isRestFull = lines.length >= recordsAtOnce;
  const isLast = Number(walked?.count ?? 0) < locksAtOnce;
  return { lines, next: isRestFull ? afterLock : isLast ? undefined : Number(last) };
}
