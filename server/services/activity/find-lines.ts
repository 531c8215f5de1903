import { type SQL, sql } from 'drizzle-orm';
import type { ActivityOutcome } from '../../contracts/activity';
import { operationSource } from '../../contracts/lock-operation';
import { invalidField } from '../../domain/errors';
import { unsureErrors } from '../../domain/lock/outcome';
import type { Deps } from '../deps';
import { operator } from '../staff/operator';

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
  kind: 'opening' | 'refusal' | 'staff' | 'told';
  id: string;
  place: LinePlace;
}

const placeShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-fhrs-]{1,36})$/;

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

const isUnsure = sql`coalesce(o.error, '') = any(${`{${unsureErrors.join(',')}}`}::text[])`;

const outcomes: Record<Exclude<ActivityOutcome, 'refused' | 'support' | 'operated' | 'alarm'>, SQL> = {
  opened: sql`o.status = 'confirmed'`,
  late: sql`o.status = 'expired' and o.late_report`,
  withdrawn: sql`o.status = 'expired' and not o.late_report`,
  failed: sql`o.status = 'failed' and not ${isUnsure}`,
  unconfirmed: sql`o.status = 'failed' and ${isUnsure}`,
  running: sql`o.status in ('pending', 'sent', 'accepted', 'unresolved')`,
};

function conditions(
  filter: LineFilter,
  place: LinePlace | undefined,
  key: SQL,
  caller: 'principal' | 'actor' = 'principal',
): SQL {
  const { who, via, from, until } = filter;
  const all = [
    who === undefined
      ? undefined
      : sql`o.${sql.identifier(`${caller}_kind`)} = ${who.kind} and o.${sql.identifier(`${caller}_id`)} = ${who.id}`,
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
const staffKey = sql`('s' || lpad(o.id::text, 19, '0')) collate "C"`;
const toldKey = sql`('h' || lpad(o.id::text, 19, '0')) collate "C"`;
const refusalKey = sql`('r' || lpad(o.id::text, 19, '0')) collate "C"`;

/** Where lines are looked for. */
export interface LinePlaces {
  homeId: number;
  lockIds: readonly number[];
  /** What staff did: of the whole home, or at these doors alone; absent, none of it. */
  staff?: 'home' | 'doors' | undefined;
}

/** What the locks themselves told: nobody of ours asked for it, so it is of no person. */
function toldByLocks(
  { homeId }: LinePlaces,
  locks: SQL,
  filter: LineFilter,
  place: LinePlace | undefined,
  most: number,
): SQL[] {
  const { who, outcome, via, ...times } = filter;
  if (who !== undefined || (outcome !== undefined && outcome !== 'operated' && outcome !== 'alarm'))
    return [];
  const isSource = via === undefined || operationSource.options.some((source) => source === via);
  if (!isSource || (via !== undefined && outcome === 'alarm')) return [];
  const kinds =
    outcome === 'operated' || via !== undefined
      ? sql` and o.kind = 'operation'`
      : outcome === 'alarm'
        ? sql` and o.kind <> 'operation'`
        : sql``;
  const source = via === undefined ? sql`` : sql` and o.value->>'source' = ${via}`;
  return [
    sql`
    select one.* from ${locks} cross join lateral (
      select 'told'::text as kind, o.id::text as id, ${toldKey} as key, o.created_at
      from (select *, at as created_at from lock_history where is_told) o
      where o.lock_id = l.id and o.home_id = ${homeId}${kinds}${source}${conditions(times, place, toldKey)}
      order by o.created_at desc, ${toldKey} desc limit ${most}) one`,
  ];
}

/** The command line sets homes up, and is nobody of support. */
const operatorId = String(operator.principal.accountId);

/** Deeds of staff; refusals of theirs stand among the refusals. A deed came by no way, and is its own outcome. */
function deedsOfStaff(
  { homeId, lockIds, staff }: LinePlaces,
  filter: LineFilter,
  place: LinePlace | undefined,
  most: number,
): SQL[] {
  const { outcome = 'support', via } = filter;
  if (staff === undefined || outcome !== 'support' || via !== undefined) return [];
  const atDoors =
    staff === 'home'
      ? sql``
      : sql` and o.subject_kind = 'lock' and o.subject_id = any(${`{${lockIds.join(',')}}`}::text[])`;
  return [
    sql`(select 'staff'::text as kind, o.id::text as id, ${staffKey} as key, o.created_at from audit_entries o
      where o.home_id = ${homeId} and o.actor_kind = 'staff' and o.actor_id <> ${operatorId} and o.action not like 'opening.%'
        ${atDoors}${conditions(filter, place, staffKey, 'actor')}
      order by o.created_at desc, ${staffKey} desc limit ${most})`,
  ];
}

/**
 * Openings and refusals of doors in one home, what staff did there and what the locks told, newest first, `most` of them after a place. Each
 * door is read by its own index, so that a long history costs no more than a short one.
 */
export async function findLines(
  { db }: Pick<Deps, 'db'>,
  doors: LinePlaces,
  filter: LineFilter,
  place: LinePlace | undefined,
  most: number,
): Promise<FoundLine[]> {
  const deeds = deedsOfStaff(doors, filter, place, most);
  if (doors.lockIds.length === 0 && deeds.length === 0) return [];
  const { outcome } = filter;
  const locks = sql`unnest(${`{${doors.lockIds.join(',')}}`}::bigint[]) as l(id)`;
  const half = (table: SQL, kind: 'opening' | 'refusal', key: SQL, more: SQL) => sql`
    select one.* from ${locks} cross join lateral (
      select ${kind}::text as kind, o.id::text as id, ${key} as key, o.created_at from ${table} o
      where o.lock_id = l.id and o.home_id = ${doors.homeId}${more}${conditions(filter, place, key)}
      order by o.created_at desc, ${key} desc limit ${most}) one`;
  const halves: SQL[] = [...deeds, ...toldByLocks(doors, locks, filter, place, most)];
  if (outcome === undefined || outcome in outcomes)
    halves.push(
      half(
        sql`openings`,
        'opening',
        openingKey,
        outcome === undefined ? sql`` : sql` and (${outcomes[outcome as keyof typeof outcomes]})`,
      ),
    );
  if (outcome === undefined || outcome === 'refused')
    halves.push(half(sql`refusals`, 'refusal', refusalKey, sql``));
  if (halves.length === 0) return [];
  const rows = await db.execute<{ kind: FoundLine['kind']; id: string; key: string; at: string }>(sql`
    select kind, id, key, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from (${sql.join(halves, sql` union all `)}) lines
    order by created_at desc, key desc limit ${most}`);
  return rows.map(({ kind, id, key, at }) => ({ kind, id, place: { at, key } }));
}
