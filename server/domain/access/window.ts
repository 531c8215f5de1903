import { instantsOf, jumpsBetween, wallClock } from './zone';

/** When something is allowed, judged by the clocks of the home's time zone (model 2). Null: no limit. */
export interface Window {
  validFrom: Date | null;
  /** The first instant at which it is not allowed any more. */
  validUntil: Date | null;
  /** Bits of the days on which it is allowed, Monday is 1; null: every day. */
  weekdays: number | null;
  /** Minutes after midnight; null: from midnight. */
  fromMinute: number | null;
  /** Minutes after midnight; an end at or before the start is on the next day. Null: until midnight. */
  untilMinute: number | null;
}

export const always: Window = {
  validFrom: null,
  validUntil: null,
  weekdays: null,
  fromMinute: null,
  untilMinute: null,
};

const dayMs = 86_400_000;
const minutesOfDay = 1_440;
export const everyDay = 0b111_1111;
/** Two weeks and a day: a weekly window that a clock change or a skipped day swallows is open in the week after. */
const horizonDays = 15;

/** Monday is 0; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

const isDaily = (window: Window): boolean =>
  (window.weekdays !== null && (window.weekdays & everyDay) !== everyDay) ||
  window.fromMinute !== null ||
  window.untilMinute !== null;

const spanOf = (window: Window): { from: number; until: number } => ({
  from: window.fromMinute ?? 0,
  until: window.untilMinute ?? minutesOfDay,
});

function isInHours(window: Window, at: Date, zone: string): boolean {
  if (!isDaily(window)) return true;
  const { day, minute } = wallClock(at, zone);
  const { from, until } = spanOf(window);
  const days = window.weekdays ?? everyDay;
  const isDay = (one: number) => (days & (1 << weekdayOf(one))) !== 0;
  if (until > from) return isDay(day) && minute >= from && minute < until;
  // Over midnight it belongs to the day on which it began.
  return (isDay(day) && minute >= from) || (isDay(day - 1) && minute < until);
}

/** Where an instant stands to the dates of a window alone. */
export function datesAt(window: Window, at: Date): 'not-yet-valid' | 'expired' | 'valid' {
  if (window.validUntil !== null && at >= window.validUntil) return 'expired';
  return window.validFrom !== null && at < window.validFrom ? 'not-yet-valid' : 'valid';
}

/**
 * Whether a window is open at an instant. The clock on the wall decides: minutes that a clock change skips do not
 * exist, and of an hour that comes twice both are open (model 2). Raises RangeError for an unknown zone.
 */
export function isInWindow(window: Window, at: Date, zone: string): boolean {
  return datesAt(window, at) === 'valid' && isInHours(window, at, zone);
}

function boundaries(window: Window, from: Date, zone: string): number[] {
  const found: number[] = [];
  if (window.validFrom !== null) found.push(window.validFrom.getTime());
  if (window.validUntil !== null) found.push(window.validUntil.getTime());
  if (!isDaily(window)) return found;
  const start = Math.max(from.getTime(), window.validFrom?.getTime() ?? Number.NEGATIVE_INFINITY);
  const { day } = wallClock(new Date(start), zone);
  const { from: opens, until: closes } = spanOf(window);
  for (let offset = -1; offset <= horizonDays; offset += 1) {
    for (const minute of [0, opens, closes]) found.push(...instantsOf(day + offset, minute, zone));
  }
  found.push(...jumpsBetween(start - dayMs, start + horizonDays * dayMs, zone));
  return found;
}

/** The next instant at which a window opens or closes; undefined: it stays as it is. */
export function nextChange(window: Window, at: Date, zone: string): Date | undefined {
  const isOpen = isInWindow(window, at, zone);
  const later = boundaries(window, at, zone)
    .filter((instant) => instant > at.getTime())
    .sort((one, other) => one - other);
  const found = later.find((instant) => isInWindow(window, new Date(instant), zone) !== isOpen);
  return found === undefined ? undefined : new Date(found);
}

/** The next instant at which a window is open: now, or when it opens; undefined: never again. */
export function nextOpening(window: Window, at: Date, zone: string): Date | undefined {
  if (isInWindow(window, at, zone)) return at;
  return nextChange(window, at, zone);
}
