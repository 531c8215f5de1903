import { type SQL, sql } from 'drizzle-orm';
import type { LineKind } from '../../contracts/console';
import type { TimelinePlace } from '../../domain/timeline-place';

/** The lines of one home on one side of a place, nearest first. */
export interface Stretch {
  homeId: number;
  kinds: ReadonlySet<LineKind>;
  /** Older than the place, or newer; without a place the newest. */
  side: 'older' | 'newer';
  place: TimelinePlace | undefined;
  /** Position in the home's log at about the moment of the place. */
  position: number | undefined;
  most: number;
}

/** Where rows of one source come from: each a line. */
interface Source {
  name: string;
  kinds: readonly LineKind[];
  /** Selects `key` (the line's id), `at` and the columns of the line, without order and limit. */
  rows: (stretch: Stretch) => SQL;
}

/** Lines of a log may stand this many positions apart from the order of their moments. */
const slack = 64;

const text = (value: string) => sql.raw(`'${value}'`);
const ordered = ({ side }: Stretch) => sql.raw(side === 'older' ? 'desc' : 'asc');
const orderedWithNulls = ({ side }: Stretch) =>
  sql.raw(side === 'older' ? 'desc nulls last' : 'asc nulls first');

/** The rough half, which an index finds its place by; the exact one is judged over all sources. */
function near(column: string, { side, place }: Stretch): SQL {
  if (place === undefined) return sql``;
  return side === 'older'
    ? sql` and ${sql.raw(column)} <= ${place.at}::timestamptz`
    : sql` and ${sql.raw(column)} >= ${place.at}::timestamptz`;
}

/** A stretch of the home's log, by position, since moments have no index there. */
function ofLog(stretch: Stretch, topics: SQL): SQL {
  const { homeId, side, position, most } = stretch;
  const from =
    position === undefined
      ? sql``
      : side === 'older'
        ? sql` and position <= ${position + slack}`
        : sql` and position >= ${Math.max(0, position - slack)}`;
  return sql`
    (select * from home_events where home_id = ${homeId} and ${topics}${from}
     order by position ${ordered(stretch)} limit ${most + 2 * slack}) e`;
}

const logKey = sql.raw(`'log:' || lpad(e.position::text, 16, '0')`);

/** Topics of the log, by the kind of line that they are; events of devices are told apart by their type. */
export const kindOfTopic: Readonly<Record<string, LineKind>> = {
  presence: 'presence',
  door: 'door',
  hub: 'hub',
  member: 'member',
  home: 'home',
  access: 'access',
  commissioning: 'pairing',
};

/** The cloud itself tells that a device came or went; its other events are events like any. */
const isPresence = sql`body::json->>'eventType' in ('_deviceConnected_', '_deviceDisconnected_')`;

function eventTopics({ kinds }: Stretch): SQL {
  if (kinds.has('event') && kinds.has('presence')) return sql`topic = 'event'`;
  return kinds.has('event')
    ? sql`topic = 'event' and not (${isPresence})`
    : sql`topic = 'event' and ${isPresence}`;
}

function toldTopics({ kinds }: Stretch): SQL {
  const topics = Object.entries(kindOfTopic).flatMap(([topic, kind]) => (kinds.has(kind) ? [topic] : []));
  // The first half implies that of the index.
  return sql`topic not in ('event', 'opening', 'kv') and topic = any(${`{${topics.join(',')}}`}::text[])
    and payload->>'kind' is distinct from 'refusal'`;
}

/** Doors that stand in the home or stood there: openings keep the home that they happened in. */
const doors = (homeId: number) => sql`
  (select distinct id from locks where home_id = ${homeId}
   union select (payload->>'lockId')::bigint from (
     select payload from home_events where home_id = ${homeId} and topic = 'door'
       and topic not in ('event', 'opening', 'kv') order by position desc limit 500) told) l`;

const ofDoors = (table: 'openings' | 'refusals', columns: SQL, stretch: Stretch) => sql`
  select one.*, k.name as lock_name from ${doors(stretch.homeId)} left join locks k on k.id = l.id cross join lateral (
    select ${columns} from ${sql.raw(table)} o
    where o.lock_id = l.id and o.home_id = ${stretch.homeId}${near('o.created_at', stretch)}
    order by o.created_at ${orderedWithNulls(stretch)} limit ${stretch.most}) one`;

/** Messages of before homes were kept with them have no language either; theirs is whoever they went to. */
const isOld = sql.raw('m.home_id is null and m.language is null');

const members = (homeId: number) => sql`
  (select u.id, u.email, u.phone_number, u.project_id from home_members m join users u on u.id = m.user_id
   where m.home_id = ${homeId}) u`;

export const timelineSources: readonly Source[] = [
  {
    name: 'event',
    kinds: ['event', 'presence'],
    rows: (stretch) => sql`
      select ${logKey} as key, e.created_at as at, e.body from ${ofLog(stretch, eventTopics(stretch))}`,
  },
  {
    name: 'told',
    kinds: ['presence', 'door', 'hub', 'member', 'home', 'access', 'pairing'],
    rows: (stretch) => sql`
      select ${logKey} as key, e.created_at as at, e.topic, e.payload from ${ofLog(stretch, toldTopics(stretch))}`,
  },
  {
    name: 'command',
    kinds: ['command'],
    rows: (stretch) => sql`
      select 'command:' || c.id as key, c.created_at as at, c.device_id, c.action, d.name, d.device_class,
        c.principal_kind, c.principal_id, c.principal_name
      from device_commands c left join devices d on d.id = c.device_id
      where c.home_id = ${stretch.homeId}${near('c.created_at', stretch)}`,
  },
  {
    name: 'opening',
    kinds: ['opening'],
    rows: (stretch) =>
      ofDoors(
        'openings',
        sql`'opening:' || o.id as key, o.created_at as at, o.lock_id, o.principal_kind, o.principal_id, o.principal_name,
          o.via, o.address, o.request_id, o.reason, o.gesture, o.status, o.sent_at, o.accepted_at, o.outcome_at, o.error,
          o.late_report`,
        stretch,
      ),
  },
  {
    name: 'refusal',
    kinds: ['refusal'],
    rows: (stretch) =>
      ofDoors(
        'refusals',
        sql`'refusal:' || o.id as key, o.created_at as at, o.lock_id, o.principal_kind, o.principal_id, o.principal_name,
          o.via, o.address, o.request_id, o.cause`,
        stretch,
      ),
  },
  {
    name: 'operation',
    kinds: ['operation'],
    rows: (stretch) => sql`
      select 'operation:' || h.id as key, h.at, h.lock_id, k.name as lock_name, h.kind, h.value
      from lock_history h left join locks k on k.id = h.lock_id
      where h.home_id = ${stretch.homeId} and h.is_told${near('h.at', stretch)}`,
  },
  {
    name: 'message',
    kinds: ['message'],
    rows: (stretch) => sql`
      select 'message:' || m.id as key, m.created_at as at, m.channel, m.recipient, m.subject, m.status, m.attempts,
        m.last_error, m.finished_at
      from (
        (select * from messages m where m.home_id = ${stretch.homeId}${near('m.created_at', stretch)}
         order by m.created_at ${ordered(stretch)} limit ${stretch.most})
        union all
        select m.* from ${members(stretch.homeId)} cross join lateral (
          select * from messages m
          where m.recipient in (u.email, u.phone_number) and m.project_id = u.project_id and ${isOld}${near('m.created_at', stretch)}
          order by m.created_at ${ordered(stretch)} limit ${stretch.most}) m) m`,
  },
  {
    name: 'push',
    kinds: ['message'],
    rows: (stretch) => sql`
      select 'push:' || p.id as key, p.created_at as at, p.body->>'title' as subject, p.status, p.attempts, p.last_error,
        coalesce(u.email, u.phone_number, '') as recipient
      from ${members(stretch.homeId)} join push_subscriptions s on s.user_id = u.id cross join lateral (
        select * from push_messages p where p.subscription_id = s.id${near('p.created_at', stretch)}
          and p.body->>'path' in (
            select '/dashboard/locks/' || k.id from locks k where k.home_id = ${stretch.homeId}
            union all select ${`/dashboard/homes/${stretch.homeId}`}
            union all select ${`/dashboard/homes/${stretch.homeId}/activity`})
        order by p.created_at ${ordered(stretch)} limit ${stretch.most}) p`,
  },
  {
    name: 'webhook',
    kinds: ['webhook'],
    rows: (stretch) => sql`
      select 'webhook:' || w.id as key, w.created_at as at, w.id, w.module_id, w.kind, w.url, w.status, w.attempts,
        w.last_status, w.last_error, w.finished_at
      from webhook_deliveries w where w.home_id = ${stretch.homeId}${near('w.created_at', stretch)}`,
  },
  {
    name: 'staff',
    kinds: ['staff'],
    rows: (stretch) => sql`
      select 'staff:' || a.id as key, a.created_at as at, a.actor_kind, a.actor_id, a.actor_name, a.action,
        a.subject_kind, a.subject_id, a.reason, a.data
      from audit_entries a where a.home_id = ${stretch.homeId} and a.actor_kind = 'staff'${near('a.created_at', stretch)}`,
  },
];

/** Sources whose own index gives their order; the others are short stretches. */
const indexed: ReadonlySet<string> = new Set(['command', 'operation', 'webhook', 'staff']);

/** Lines of all sources on one side of a place, nearest first: each source is read no further than needed. */
export function timelineQuery(stretch: Stretch): SQL | undefined {
  const { kinds, place, side, most } = stretch;
  const halves = timelineSources
    .filter((source) => source.kinds.some((kind) => kinds.has(kind)))
    .map(({ name, rows }) => {
      const exact =
        place === undefined
          ? sql``
          : sql` where (at, key collate "C") ${sql.raw(side === 'older' ? '<' : '>')} (${place.at}::timestamptz, ${place.id} collate "C")`;
      const own = indexed.has(name)
        ? sql`${rows(stretch)} order by at ${orderedWithNulls(stretch)} limit ${most + slack}`
        : rows(stretch);
      return sql`
        (select ${text(name)} as source, key, at, to_json(found)::text as row from (${own}) found${exact}
         order by at ${ordered(stretch)}, key collate "C" ${ordered(stretch)} limit ${most})`;
    });
  if (halves.length === 0) return undefined;
  return sql`
    select source, key, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, row
    from (${sql.join(halves, sql` union all `)}) lines
    order by lines.at ${ordered(stretch)}, key collate "C" ${ordered(stretch)} limit ${most}`;
}

/** The last position of a home's log at or before a moment, found by halving: moments have no index of their own. */
export const positionAt = (homeId: number, at: string): SQL => sql`
  with recursive halving(low, high) as (
    select 0::bigint, position + 1 from homes where id = ${homeId}
    union all
    select case when is_before then middle else low end, case when is_before then high else middle end
    from halving cross join lateral (select (low + high) / 2 as middle) m cross join lateral (
      select coalesce((select created_at <= ${at}::timestamptz from home_events
        where home_id = ${homeId} and position >= middle order by position limit 1), false) as is_before) b
    where high - low > 1
  )
  select low::text as position from halving where high - low <= 1 limit 1`;
