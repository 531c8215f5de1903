import { type SQL, sql } from 'drizzle-orm';

/** What is counted: in which projects (undefined: all), and between which starts of pieces, the last being the end. */
export interface Count {
  projectIds: readonly number[] | undefined;
  /** ISO 8601, ascending, one more than there are pieces. */
  edges: readonly string[];
}

const isOurs = (column: SQL, { projectIds }: Pick<Count, 'projectIds'>): SQL =>
  projectIds === undefined ? sql`true` : sql`${column} = any(${`{${projectIds.join(',')}}`}::bigint[])`;
const within = (column: SQL, { edges }: Count): SQL =>
  sql`${column} >= ${edges[0]}::timestamptz and ${column} < ${edges.at(-1)}::timestamptz`;
/** Number of the piece that a moment lies in, from 1. */
const pieceOf = (column: SQL, { edges }: Count): SQL =>
  sql`width_bucket(${column}, ${`{${edges.join(',')}}`}::timestamptz[])`;

/** Starts of the pieces that touch a time, and its end: days of a zone's calendar, or hours from its midnight on. */
export function edgesQuery(from: Date, to: Date, by: 'day' | 'hour', zone: string): SQL {
  const first = sql`${from.toISOString()}::timestamptz`;
  const last = sql`greatest(${first}, ${to.toISOString()}::timestamptz - interval '1 microsecond')`;
  if (by === 'day')
    return sql`
      select (local at time zone ${zone})::text as edge from generate_series(
        date_trunc('day', ${first} at time zone ${zone}),
        date_trunc('day', ${last} at time zone ${zone}) + interval '1 day', interval '1 day') local order by local`;
  const midnight = sql`date_trunc('day', ${first} at time zone ${zone}) at time zone ${zone}`;
  return sql`
    select hour::text as edge from generate_series(
      date_bin('1 hour', ${first}, ${midnight}),
      date_bin('1 hour', ${last}, ${midnight}) + interval '1 hour', interval '1 hour') hour order by hour`;
}

/**
 * What of doors is counted where it belongs: an opening in a home of another project than its lock's now is nobody's.
 * The homes are read once and not looked up for each of a million rows, which is what the offset keeps the planner from.
 */
const doors = (count: Count, placed: SQL): SQL => sql`
  from locks l join ${placed} o on o.lock_id = l.id
  left join (select id, project_id from homes where ${isOurs(sql`project_id`, count)} offset 0) h on h.id = o.home_id
  where ${isOurs(sql`l.project_id`, count)} and (o.home_id is null or h.project_id = l.project_id)
    and ${within(sql`o.created_at`, count)}`;

/** Milliseconds in steps of one, five, fifty and so on: a chart shows no more, and there are few enough to count each. */
const inSteps = (ms: SQL): SQL => sql`
  case when ${ms} < 100 then ${ms} when ${ms} < 1000 then ${ms} / 5 * 5
    when ${ms} < 10000 then ${ms} / 50 * 50 else ${ms} / 500 * 500 end`;

/**
 * Openings by piece, outcome and how long they took; shared actuations take no time. Each is looked at once, in whole
 * milliseconds, and only the groups of those in steps.
 */
export const openingsQuery = (count: Count): SQL => sql`
  select piece, status, ${inSteps(sql`ms`)} as took, sum(count)::int as count
  from (
    select ${pieceOf(sql`o.created_at`, count)} as piece,
      case when o.status in ('confirmed', 'failed', 'expired') then o.status else 'running' end as status,
      case when o.status = 'confirmed' and o.joined is null
        then greatest(0, date_part('epoch', o.outcome_at - o.sent_at) * 1000)::int end as ms,
      count(*) as count
    ${doors(count, sql`openings`)} group by 1, 2, 3) one
  group by 1, 2, 3 order by 3`;

export const refusalsQuery = (count: Count): SQL => sql`
  select ${pieceOf(sql`o.created_at`, count)} as piece, count(*)::int as count
  ${doors(count, sql`refusals`)} group by 1`;

export const deviceEventsQuery = (count: Count): SQL => sql`
  select ${pieceOf(sql`e.created_at`, count)} as piece, count(*)::int as count
  from device_events e join homes h on h.id = e.home_id
  where ${isOurs(sql`h.project_id`, count)} and ${within(sql`e.created_at`, count)} group by 1`;

/** What was to be sent on each way, by when it was written. */
export const messagesQuery = (count: Count): SQL => sql`
  select way, ${pieceOf(sql`created_at`, count)} as piece, count(*)::int as count,
    count(*) filter (where status = 'failed')::int as failed
  from (
    select m.channel as way, m.status, m.created_at from messages m
    where ${isOurs(sql`m.project_id`, count)} and ${within(sql`m.created_at`, count)}
    union all
    select 'push', p.status, p.created_at from push_messages p
    join push_subscriptions s on s.id = p.subscription_id join users u on u.id = s.user_id
    where ${isOurs(sql`u.project_id`, count)} and ${within(sql`p.created_at`, count)}
    union all
    select 'webhook', d.status, d.created_at from webhook_deliveries d
    where ${isOurs(sql`d.project_id`, count)} and ${within(sql`d.created_at`, count)}) one
  group by 1, 2`;

/** Who can be reached now: a device by a channel whose lease runs, locks and hubs as they were last heard of. */
export function reachQuery(count: Pick<Count, 'projectIds'>, now: Date): SQL {
  const ours = (column: SQL) => isOurs(column, count);
  return sql`
    select
      (select count(distinct c.device_id)::int from device_connections c join devices d on d.id = c.device_id
        where c.leased_until > ${now.toISOString()}::timestamptz and ${ours(sql`d.project_id`)}) as devices_connected,
      (select count(*)::int from devices where ${ours(sql`project_id`)}) as devices,
      l.connected as locks_connected, l.total as locks, h.connected as hubs_connected, h.total as hubs
    from
      (select count(*) filter (where reachable)::int as connected, count(*)::int as total from locks
        where removed_at is null and project_id is not null and ${ours(sql`project_id`)}) l,
      (select count(*) filter (where reachable)::int as connected, count(*)::int as total from hubs
        where status <> 'decommissioned' and project_id is not null and ${ours(sql`project_id`)}) h`;
}
