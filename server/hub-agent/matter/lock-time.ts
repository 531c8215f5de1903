import { jumpsBetween, wallTime } from '@/server/domain/access/zone';
import type { LockHours } from './face';

/** Members of a week day schedule as Matter has them. */
export interface WeekDayFields {
  daysMask: Record<string, boolean>;
  startHour: number;
  startMinute: number;
  endHour: number;
  endMinute: number;
}

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const lastMinute = 23 * 60 + 59;

/** A week day schedule. Matter lets in until the last second of the day when the end is 23:59. */
export function weekDayFields(hours: LockHours & { kind: 'weekly' }): WeekDayFields {
  const until = Math.min(hours.untilMinute, lastMinute);
  return {
    daysMask: Object.fromEntries(days.map((day, index) => [day, hours.weekdays.includes(index + 1)])),
    startHour: Math.floor(hours.fromMinute / 60),
    startMinute: hours.fromMinute % 60,
    endHour: Math.floor(until / 60),
    endMinute: until % 60,
  };
}

/** A year day schedule, in whole seconds that lie within the hours. The library counts from 1970. */
export const yearDayFields = ({
  from,
  until,
}: LockHours & { kind: 'between' }): { localStartTime: number; localEndTime: number } => ({
  localStartTime: Math.ceil(from / 1000),
  localEndTime: Math.floor(until / 1000),
});

/** One stretch of summer time: by how much the clock is put forward, and from when until when. */
export interface Forward {
  offsetMs: number;
  from: number;
  until: number;
}

const yearMs = 366 * 86_400_000;
/** A lock is told of the summers of this long ahead, as far as it can keep them. */
const aheadMs = 3 * yearMs;

/** A zone as a lock without a table of zones keeps it: its offset from UTC in winter, and the summers to come. */
export function zoneFields(zone: string, at: number): { offsetMs: number; forward: Forward[] } {
  const end = at + aheadMs;
  const edges = [at - yearMs, ...jumpsBetween(at - yearMs, end, zone), end];
  const stretches = edges.slice(0, -1).map((from, index) => {
    const second = Math.ceil(from / 1000) * 1000;
    return { from, until: edges[index + 1] ?? end, offset: wallTime(second, zone) - second };
  });
  const offsetMs = Math.min(...stretches.map(({ offset }) => offset));
  const forward = stretches
    .filter(({ offset, until }) => offset !== offsetMs && until > at)
    .map(({ offset, from, until }) => ({ offsetMs: offset - offsetMs, from, until }));
  return { offsetMs, forward };
}
