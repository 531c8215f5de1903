import type { z } from 'zod';
import type { windowView } from '@/server/contracts/windows';
import { wallTime } from '@/server/domain/access/zone';
import type { TextOf } from '../messages/lookup';

/** When a right counts, as the wire shows it; what is absent is no limit. */
export type AccessWindow = z.infer<typeof windowView>;
export type Weekday = NonNullable<AccessWindow['weekdays']>[number];

/** Days as the wire names them, Monday first. */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const workdays: readonly Weekday[] = weekdays.slice(0, 5);
export const weekend: readonly Weekday[] = weekdays.slice(5);

export const isSameDays = (one: readonly Weekday[], other: readonly Weekday[]): boolean =>
  one.length === other.length && one.every((day) => other.includes(day));

const listed = (words: readonly string[], text: TextOf): string => {
  const last = words.at(-1) ?? '';
  if (words.length < 2) return last;
  return text('access.window.and', { list: words.slice(0, -1).join(', '), last });
};

/** Days in words; undefined for every day. */
function dayWords(days: readonly Weekday[] | undefined, text: TextOf): string | undefined {
  if (days === undefined || days.length === 0 || days.length === 7) return undefined;
  if (isSameDays(days, workdays)) return text('access.window.weekdays');
  if (isSameDays(days, weekend)) return text('access.window.weekend');
  const names = text('access.window.dayNames').split(' ');
  const places = weekdays.flatMap((day, place) => (days.includes(day) ? [place] : []));
  const [first = 0] = places;
  const last = places.at(-1) ?? 0;
  const nameOf = (place: number): string => names[place] ?? '';
  if (places.length > 2 && last - first === places.length - 1)
    return text('access.window.dayRange', { first: nameOf(first), last: nameOf(last) });
  return listed(places.map(nameOf), text);
}

/** A time of day of the wire, `HH:MM`, as the reader writes it. */
function clockWords(clock: string, text: TextOf, hourCycle: 12 | 24): string {
  const [hour = '', minute = ''] = clock.split(':');
  if (hourCycle === 24) return text('time.clock', { hour, minute });
  const value = Number(hour);
  const time = text('time.clock', { hour: value % 12 === 0 ? 12 : value % 12, minute });
  return text(value < 12 ? 'time.am' : 'time.pm', { time });
}

function hourWords({ from, until }: AccessWindow, text: TextOf, hourCycle: 12 | 24): string | undefined {
  const clock = (value: string): string => clockWords(value, text, hourCycle);
  if (from !== undefined && until !== undefined)
    return text(until <= from ? 'access.window.hoursOver' : 'access.window.hours', {
      from: clock(from),
      until: clock(until),
    });
  if (from !== undefined) return text('access.window.hoursFrom', { from: clock(from) });
  return until === undefined ? undefined : text('access.window.hoursUntil', { until: clock(until) });
}

interface WordOptions {
  /** The service's time, epoch milliseconds: a date of this year goes without the year. */
  now?: number | undefined;
  hourCycle?: 12 | 24;
}

function dateWords(
  instant: string,
  zone: string,
  text: TextOf,
  { now, hourCycle = 24 }: WordOptions,
  isEnd: boolean,
): { words: string; isWholeDay: boolean } {
  const wall = new Date(wallTime(Date.parse(instant), zone));
  const isMidnight = wall.getUTCHours() === 0 && wall.getUTCMinutes() === 0;
  // An end at midnight is the end of the day before.
  const shown = isMidnight && isEnd ? new Date(wall.getTime() - 1) : wall;
  const month = text('access.window.months').split(' ')[shown.getUTCMonth()] ?? '';
  const [day, year] = [shown.getUTCDate(), shown.getUTCFullYear()];
  const isThisYear = now !== undefined && new Date(wallTime(now, zone)).getUTCFullYear() === year;
  const date = isThisYear
    ? text('access.window.date', { day, month })
    : text('access.window.dateOfYear', { day, month, year });
  if (isMidnight) return { words: date, isWholeDay: true };
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
  const time = clockWords(clock, text, hourCycle);
  return { words: text('access.window.dateTime', { date, time }), isWholeDay: false };
}

/**
 * A window in words, to stand within a sentence: `weekdays 08:00–16:00 until the end of 3 March`, `at any time`. Times
 * are those of `zone`, the home's. Raises RangeError for an unknown zone.
 */
export function windowWords(
  window: AccessWindow,
  text: TextOf,
  zone: string,
  options: WordOptions = {},
): string {
  const days = dayWords(window.weekdays, text);
  const hours = hourWords(window, text, options.hourCycle ?? 24);
  const parts: string[] = [];
  if (days !== undefined) parts.push(days);
  else if (hours !== undefined) parts.push(text('access.window.everyDay'));
  if (hours !== undefined) parts.push(hours);
  if (window.validFrom !== undefined) {
    const { words } = dateWords(window.validFrom, zone, text, options, false);
    parts.push(text('access.window.from', { when: words }));
  }
  if (window.validUntil !== undefined) {
    const { words, isWholeDay } = dateWords(window.validUntil, zone, text, options, true);
    parts.push(text(isWholeDay ? 'access.window.untilEndOf' : 'access.window.until', { when: words }));
  }
  return parts.length === 0 ? text('access.window.always') : parts.join(' ');
}

/** Words at the start of a sentence. */
export const capitalised = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** Whether a window ends after it begins; the service refuses others. */
export const isWindowSound = ({ validFrom, validUntil }: AccessWindow): boolean =>
  validFrom === undefined || validUntil === undefined || Date.parse(validUntil) > Date.parse(validFrom);
