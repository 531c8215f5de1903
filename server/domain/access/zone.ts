/** Wall-clock reading of an instant in a time zone. */
export interface WallClock {
  /** Days since 1970-01-01 on the zone's calendar. */
  day: number;
  /** Minutes after midnight, with the fraction that seconds make. */
  minute: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** What a home without a time zone is judged by; `isAssumed` says that nobody has set one. */
export const zoneOf = (timezone: string | null | undefined): { zone: string; isAssumed: boolean } =>
  timezone === null || timezone === undefined
    ? { zone: 'UTC', isAssumed: true }
    : { zone: timezone, isAssumed: false };

/** The clock on the wall of a zone, as if it were UTC, in epoch milliseconds. Raises RangeError for an unknown zone. */
export function wallTime(at: number, zone: string): number {
  const read: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) read[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  const milliseconds = ((at % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds;
}

/** Day and minute that clocks of a zone show at an instant. */
export function wallClock(at: Date, zone: string): WallClock {
  const wall = wallTime(at.getTime(), zone);
  const day = Math.floor(wall / dayMs);
  return { day, minute: (wall - day * dayMs) / minuteMs };
}

/** Instants at which a zone's clocks show this minute of this day: two where an hour comes twice, none in a gap. */
export function instantsOf(day: number, minute: number, zone: string): number[] {
  const wall = day * dayMs + minute * minuteMs;
  const found = new Set<number>();
  for (const probe of [wall - dayMs, wall, wall + dayMs]) {
    const instant = wall - (wallTime(probe, zone) - probe);
    if (wallTime(instant, zone) === wall) found.add(instant);
  }
  return [...found].sort((one, other) => one - other);
}

/** Instants between two others at which a zone's clocks jump. Jumps less than an hour apart are not told apart. */
export function jumpsBetween(from: number, to: number, zone: string): number[] {
  const offset = (at: number) => wallTime(at, zone) - at;
  const jumps: number[] = [];
  const stepMs = dayMs / 2;
  for (let start = from; start < to; start += stepMs) {
    let [before, after] = [start, Math.min(start + stepMs, to)];
    const old = offset(before);
    if (old === offset(after)) continue;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offset(middle) === old) before = middle;
      else after = middle;
    }
    jumps.push(after);
  }
  return jumps;
}
