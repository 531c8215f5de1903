import type { TextOf } from '../messages/lookup';
import { offsetAt } from './zone-offsets';

/** A point of time taken apart in one zone. Only numbers: names come from the messages, so server and browser agree. */
export interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** Calendar and clock of a zone at a moment, epoch milliseconds. */
export function partsOf(at: number, zone: string): Parts {
  const local = new Date(at + offsetAt(at, zone) * 60_000);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
/** Days since an arbitrary day, for telling today from yesterday across months and years. */
const dayNumber = ({ year, month, day }: Parts): number =>
  Math.round(Date.UTC(year, month - 1, day) / 86_400_000);

export interface ClockStyle {
  text: TextOf;
  hourCycle: 12 | 24;
  /** Where minutes do not tell one moment from the next. */
  hasSeconds?: boolean;
}

function clockOfParts(
  at: number,
  { hour, minute }: Parts,
  { text, hourCycle, hasSeconds = false }: ClockStyle,
): string {
  const shown = hourCycle === 24 ? twoDigits(hour) : hour % 12 === 0 ? 12 : hour % 12;
  const clock = { hour: shown, minute: twoDigits(minute) };
  // Zones are ahead of UTC by whole minutes.
  const second = twoDigits(Math.floor(at / 1_000) % 60);
  const time = hasSeconds ? text('time.clockSeconds', { ...clock, second }) : text('time.clock', clock);
  if (hourCycle === 24) return time;
  return hour < 12 ? text('time.am', { time }) : text('time.pm', { time });
}

/** Time of day in a zone: `14:02`, `2:02 pm`. */
export const clockTime = (at: number, zone: string, style: ClockStyle): string =>
  clockOfParts(at, partsOf(at, zone), style);

/** Moment as a person says it: `today 14:02`, `yesterday 14:02`, `12 Nov, 14:02`, with the year when it is another. */
export function momentText(at: number, now: number, zone: string, style: ClockStyle): string {
  const { text } = style;
  const then = partsOf(at, zone);
  const today = partsOf(now, zone);
  const time = clockOfParts(at, then, style);
  const daysAgo = dayNumber(today) - dayNumber(then);
  if (daysAgo === 0) return text('time.today', { time });
  if (daysAgo === 1) return text('time.yesterday', { time });
  const month = text('time.months').split(' ')[then.month - 1] ?? '';
  if (then.year === today.year) return text('time.day', { day: then.day, month, time });
  return text('time.dayOfYear', { day: then.day, month, year: then.year, time });
}

/** Whether two zones show different clocks at this moment. */
export const zonesDiffer = (at: number, one: string, other: string): boolean => {
  const first = partsOf(at, one);
  const second = partsOf(at, other);
  return first.hour !== second.hour || first.minute !== second.minute || first.day !== second.day;
};

/** What is left of a time, in whole seconds: `14 min 32 s`, `45 s`. */
export function remainingText(leftMs: number, text: TextOf): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  if (seconds < 60) return text('time.seconds', { value: seconds });
  return text('time.minutesSeconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

/** Length of time as a clock of a step shows it: `612 ms`, `1.4 s`, `12 s`. */
export function durationText(durationMs: number, text: TextOf): string {
  const value = Math.max(0, Math.round(durationMs));
  if (value < 1_000) return text('time.milliseconds', { value });
  const seconds = value < 9_950 ? (value / 1_000).toFixed(1) : String(Math.round(value / 1_000));
  return text('time.seconds', { value: seconds.replace('.', text('time.decimalMark')) });
}
