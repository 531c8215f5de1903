import { offsetAt } from '../time/zone-offsets';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Times that the fleet is looked at over, and how they are cut. */
export const fleetRanges = {
  day: { spanMs: dayMs - hourMs, by: 'hour' },
  week: { spanMs: 7 * dayMs - hourMs, by: 'hour' },
  month: { spanMs: 29 * dayMs, by: 'day' },
  twoMonths: { spanMs: 59 * dayMs, by: 'day' },
} as const;
export type FleetRange = keyof typeof fleetRanges;

export interface FleetFilter {
  /** Id of one project; absent: all. */
  project?: string;
  range: FleetRange;
}

/** Reads what the address of the page asks for; what makes no sense there asks for nothing. */
export function readFleetFilter(given: Readonly<Record<string, unknown>>): FleetFilter {
  const { project, range } = given;
  const names = Object.keys(fleetRanges) as FleetRange[];
  return {
    range: names.find((name) => name === range) ?? 'day',
    ...(typeof project === 'string' && /^[1-9]\d{0,14}$/.test(project) ? { project } : {}),
  };
}

/** The page with a filter. */
export function fleetPath({ project, range }: FleetFilter): string {
  const asked = new URLSearchParams({ ...(project === undefined ? {} : { project }), range });
  return `/support/fleet?${asked.toString()}`;
}

/** What the API is asked for a range that ends now, epoch milliseconds. */
export function fleetQuery({ project, range }: FleetFilter, now: number, timezone: string) {
  const { spanMs, by } = fleetRanges[range];
  const start = now - spanMs;
  // As many days earlier by the clock on the wall, which may have been moved in between.
  const movedMs = by === 'hour' ? 0 : (offsetAt(now, timezone) - offsetAt(start, timezone)) * 60_000;
  return {
    ...(project === undefined ? {} : { project: Number(project) }),
    from: new Date(start + movedMs).toISOString(),
    to: new Date(now).toISOString(),
    by,
    timezone,
  };
}
