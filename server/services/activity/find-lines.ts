import { type SQL, sql } from 'drizzle-orm';
import type { ActivityOutcome } from '../../contracts/activity';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

/** Which lines are asked for. */
export interface LineFilter {
  who?: { kind: string; id: string };
  outcome?: ActivityOutcome;
  via?: string;
  from?: Date;
  /** The first instant that is not asked for. */
  until?: Date;
}

/** Where a page ends: moment and name of its last line. */
export interface LinePlace {
  at: string;
  key: string;
}

export interface FoundLine {
  kind: 'opening' | 'refusal' | 'support';
  id: string;
  place: LinePlace;
}

const placeShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-frs-]{1,36})$/;

export const toPlaceText = ({ at, key }: LinePlace): string =>
  Buffer.from(`${at} ${key}`).toString('base64url');

/** Raises `invalid` for what is no cursor of these lists. */
export function readPlaceText(text: string | undefined): LinePlace | undefined {
  if (text === undefined) return undefined;
  const match = placeShape.exec(Buffer.from(text, 'base64url').toString());
  if (match === null || Number.isNaN(Date.parse(match[1] as string)))
    throw invalidField('after', 'is no cursor of this list');
  return { at: match[1] as string, key: match[2] as string };
}

const outcomes: Record<Exclude<ActivityOutcome, 'refused' | 'support'>, SQL> = {
  opened: sql`o.status = 'confirmed'`,
  late: sql`o.status = 'expired' and o.late_report`,
  withdrawn: sql`o.status = 'expired' and not o.late_report`,
  failed: sql`o.status = 'failed'`,
  running: sql`o.status in ('pending', 'sent', 'accepted', 'unresolved')`,
};

function conditions(filter: LineFilter, place: LinePlace | undefined, key: SQL): SQL {
  const { who, via, from, until } = filter;
  const all = [
    who === undefined ? undefined : sql`o.principal_kind = ${who.kind} and o.principal_id = ${who.id}`,
    via === undefined ? undefined : sql`o.via = ${via}`,
    from === undefined ? undefined : sql`o.created_at >= ${from.toISOString()}::timestamptz`,
    until === undefined ? undefined : sql`o.created_at < ${until.toISOString()}::timestamptz`,
    // The first half lets the index find the place, the second is exact.
    place === undefined
      ? undefined
      : sql`o.created_at <= ${place.at}::timestamptz and (o.created_at, ${key}) < (${place.at}::timestamptz, ${place.key} collate "C")`,
  ].flatMap((one) => (one === undefined ? [] : [sql` and ${one}`]));
  return sql.join(all, sql``);
}

const openingKey = sql`o.id::text collate "C"`;
const supportKey = sql`('s' || lpad(o.id::text, 19, '0')) collate "C"`;
const refusalKey = sql`('r' || lpad(o.id::text, 19, '0')) collate "C"`;

/**
 * Openings and refusals of doors in one home, newest first, `most` of them after a place; and what support did in it,
 * where that is for the reader. Each door is read by its own index, so that a long history costs no more than a short one.
 */
export async function findLines(
  { db }: Pick<Deps, 'db'>,
  doors: { homeId: number; lockIds: readonly number[]; withSupport: boolean },
  filter: LineFilter,
  place: LinePlace | undefined,
  most: number,
): Promise<FoundLine[]> {
  const { outcome } = filter;
  const locks = sql`unnest(${`{${doors.lockIds.join(',')}}`}::bigint[]) as l(id)`;
  const half = (table: SQL, kind: 'opening' | 'refusal', key: SQL, more: SQL) => sql`
    select one.* from ${locks} cross join lateral (
      select ${kind}::text as kind, o.id::text as id, ${key} as key, o.created_at from ${table} o
      where o.lock_id = l.id and o.home_id = ${doors.homeId}${more}${conditions(filter, place, key)}
      order by o.created_at desc, ${key} desc limit ${most}) one`;
  const halves: SQL[] = [];
  if (outcome !== 'refused' && outcome !== 'support' && doors.lockIds.length > 0)
    halves.push(
      half(
        sql`openings`,
        'opening',
        openingKey,
        outcome === undefined ? sql`` : sql` and (${outcomes[outcome]})`,
      ),
    );
  if ((outcome === undefined || outcome === 'refused') && doors.lockIds.length > 0)
    halves.push(half(sql`refusals`, 'refusal', refusalKey, sql``));
  if (doors.withSupport && filter.via === undefined && (outcome === undefined || outcome === 'support'))
    halves.push(sql`
      select 'support' as kind, o.id::text as id, ${supportKey} as key, o.created_at from (
        select a.*, actor_kind as principal_kind, actor_id as principal_id from audit_entries a) o
      where o.home_id = ${doors.homeId} and o.actor_kind = 'staff'${conditions(filter, place, supportKey)}
      order by o.created_at desc nulls last, o.id desc limit ${most}`);
  if (halves.length === 0) return [];
  const rows = await db.execute<{ kind: FoundLine['kind']; id: string; key: string; at: string }>(sql`
    select kind, id, key, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (${sql.join(
      halves.map((half) => sql`(${half})`),
      sql` union all `,
    )}) lines
    order by created_at desc, key desc limit ${most}`);
  return rows.map(({ kind, id, key, at }) => ({ kind, id, place: { at, key } }));
}
