import { instantsOf, wallTime } from '../access/zone';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The first instant of a day (days since 1970-01-01) on a zone's calendar; where midnight does not exist, the first minute that does. */
export function startOfDay(day: number, zone: string): Date {
  for (let minute = 0; minute < 1_440; minute += 15) {
    const [first] = instantsOf(day, minute, zone);
    if (first !== undefined) return new Date(first);
  }
  return new Date(day * dayMs);
}

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00.000Z`) / dayMs;
const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

/** Where a range begins: `2026-11-24` is the start of that day in the zone, anything else the instant itself. */
export const rangeStart = (text: string, zone: string): Date =>
  isDay(text) ? startOfDay(dayOf(text), zone) : new Date(text);

/** The first instant after a range: a day counts to its end, an instant is not within. */
export const rangeEnd = (text: string, zone: string): Date =>
  isDay(text) ? startOfDay(dayOf(text) + 1, zone) : new Date(text);

const two = (value: number): string => String(value).padStart(2, '0');

/** ISO 8601 with the zone's offset at that instant: `2026-11-24T18:05:00.123+01:00`. */
export function isoInZone(at: Date, zone: string): string {
  const wall = wallTime(at.getTime(), zone);
  const offset = Math.round((wall - at.getTime()) / minuteMs);
  const size = Math.abs(offset);
  const text = new Date(wall).toISOString().slice(0, -1);
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
