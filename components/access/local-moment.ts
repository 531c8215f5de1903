import { instantsOf, wallTime } from '@/server/domain/access/zone';

const dayMs = 86_400_000;
const dayMinutes = 1_440;

/** An instant as a date-and-time field writes it on the clocks of a zone: `2026-03-03T14:00`. */
export const toLocalText = (instant: string, zone: string): string =>
  new Date(wallTime(Date.parse(instant), zone)).toISOString().slice(0, 16);

/** The beginning of the day so many days after a moment's own, on the clocks of a zone, whichever of them change till then. */
export function dayAfter(now: number, days: number, zone: string): string | undefined {
  const today = toLocalText(new Date(now).toISOString(), zone).slice(0, 10);
  const day = new Date(Date.parse(`${today}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
  return fromLocalText(`${day}T00:00`, zone);
}

/**
 * The instant that a field's text names in a zone; undefined for an unfinished text. Of an hour that comes twice it is
 * the first, and a time that a clock change skips is the first one after the gap.
 */
export function fromLocalText(local: string, zone: string): string | undefined {
  const wall = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) || Number.isNaN(wall)) return undefined;
  for (let later = 0; later <= dayMinutes; later += 1) {
    const at = wall + later * 60_000;
    const day = Math.floor(at / dayMs);
    const [instant] = instantsOf(day, (at - day * dayMs) / 60_000, zone);
    if (instant !== undefined) return new Date(instant).toISOString();
  }
  return undefined;
}
