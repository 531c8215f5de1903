import { sql } from 'drizzle-orm';
import type { LockCondition, getLockCondition as operation } from '../../contracts/lock-history';
import type { DoorState } from '../../contracts/locks';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { wallClock } from '../../domain/access/zone';
import { startOfDay } from '../../domain/activity/calendar';
import { type Charge, chargesAt, daysLeft, renewalIn } from '../../domain/lock/battery-outlook';
import { type DoorWord, longestOf, type OpenTime, openTimes } from '../../domain/lock/open-times';
import type { Caller, Deps } from '../deps';
import { authoriseHistory } from './authorise-history';
import type { LockRow } from './load-lock';

const days = 90;
const newestMost = 20;
/** Changes of a door that are looked at; of one that is used more, the newest. */
const wordsMost = 6_000;

interface Told {
  kind: 'door' | 'battery' | 'reachability';
  value: { door?: DoorState; percent?: number | null; reachable?: boolean };
  at: string;
}

/** What was told within the time and, of the battery and the door, the last of what was told before. */
async function toldOf({ db }: Pick<Deps, 'db'>, lockId: number, homeId: number, from: Date): Promise<Told[]> {
  const own = sql`from lock_history where lock_id = ${lockId} and home_id = ${homeId}`;
  const start = sql`${from.toISOString()}::timestamptz`;
  const columns = sql`select id, kind, value, at`;
  const before = (kind: 'door' | 'battery') =>
    sql`(${columns} ${own} and kind = ${kind} and at < ${start} order by at desc, id desc limit 1)`;
  const rows = await db.execute<{ kind: Told['kind']; value: string; at: string }>(sql`
    select kind, value::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from (
      ${before('door')} union all ${before('battery')} union all
      (${columns} ${own} and kind in ('door', 'battery', 'reachability') and at >= ${start}
        order by at desc, id desc limit ${wordsMost})) told
    order by told.at, id`);
  return rows.map(({ kind, value, at }) => ({ kind, value: JSON.parse(value) as Told['value'], at }));
}

const wordOf = ({ value, at }: Told): DoorWord[] => {
  if (value.door !== undefined) return [{ at: Date.parse(at), door: value.door }];
  return value.reachable === undefined ? [] : [{ at: Date.parse(at), reachable: value.reachable }];
};
const chargeOf = ({ kind, value, at }: Told): Charge[] =>
  kind === 'battery' && typeof value.percent === 'number'
    ? [{ at: Date.parse(at), percent: value.percent }]
    : [];
const toOpenTime = ({ from, until, isUnsure }: OpenTime) => ({
  from: toTimestamp(new Date(from)),
  ...(until === undefined ? {} : { until: toTimestamp(new Date(until)) }),
  isUnsure,
});

function batteryOf(
  told: readonly Told[],
  { battery, reportedAt }: LockRow,
  ends: readonly number[],
): LockCondition['battery'] {
  const charges = told.flatMap(chargeOf);
  // What stood before there was a history is known of now alone.
  const known = battery?.percent ?? null;
  if (charges.length === 0 && known !== null)
    charges.push({ at: reportedAt?.getTime() ?? 0, percent: known });
  const perDay = chargesAt(charges, ends);
  const renewal = renewalIn(perDay);
  const renewed = renewal === 0 ? undefined : perDay[renewal];
  const left = daysLeft(perDay);
  return {
    ...(battery === null ? {} : { now: battery }),
    perDay: perDay.map(({ at, percent }) => ({ at: toTimestamp(new Date(at)), percent })),
    ...(left === undefined ? {} : { daysLeft: left }),
    ...(renewed === undefined ? {} : { renewedAt: toTimestamp(new Date(renewed.at)) }),
  };
}

function doorOf(told: readonly Told[], lock: LockRow, now: Date): LockCondition['door'] {
  const times = openTimes(told.flatMap(wordOf));
  const longest = longestOf(times, now.getTime());
  const last = told.findLast(({ value }) => value.door !== undefined);
  const isHeard = lock.reachable === true;
  return {
    now: isHeard ? lock.door : 'unknown',
    ...(isHeard && last?.value.door === lock.door ? { since: last.at } : {}),
    count: times.length,
    newest: times.slice(-newestMost).reverse().map(toOpenTime),
    ...(longest === undefined ? {} : { longest: toOpenTime(longest) }),
  };
}

/**
 * GET /locks/{id}/condition (ours): how the battery went over ninety days, about how long it lasts, and when the door
 * stood open, for owners and members. Raises `forbidden` and `not_found`.
 */
export async function getLockCondition(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { params }: Pick<InputOf<typeof operation>, 'params'>,
): Promise<LockCondition> {
  const { lock, homeId, zone } = await authoriseHistory(deps, 'locks.condition', principal, params.id);
  const now = deps.clock.now();
  const { day } = wallClock(now, zone);
  const from = startOfDay(day - days + 1, zone);
  // Days end at midnight of the home, the last one now.
  const ends = Array.from({ length: days }, (_none, index) =>
    index === days - 1 ? now.getTime() : startOfDay(day - days + 2 + index, zone).getTime() - 1,
  );
  const told = await toldOf(deps, lock.id, homeId, from);
  return {
    lockId: lock.id,
    from: toTimestamp(from),
    to: toTimestamp(now),
    battery: batteryOf(told, lock, ends),
    door: doorOf(told, lock, now),
  };
}
