/** How many days the figures of a door cover, and how many of them are its "last days". */
export const latencyDays = 30;
export const recentLatencyDays = 3;

const fewestRecent = 5;
const fewestBefore = 10;
const slowerBy = 1.5;
const slowerByMs = 300;

/** Openings of a stretch of time and how long half of them took at least, milliseconds. */
export interface Pace {
  count: number;
  p50Ms: number;
}

/**
 * Whether a door became clearly slower: by half and by 300 ms, with enough openings on both sides that one bad minute
 * is not taken for a change. Gives both figures, undefined otherwise.
 */
export function findSlowing(recent: Pace, before: Pace): { recentMs: number; beforeMs: number } | undefined {
  if (recent.count < fewestRecent || before.count < fewestBefore) return undefined;
  const isSlower = recent.p50Ms >= before.p50Ms * slowerBy && recent.p50Ms - before.p50Ms >= slowerByMs;
  return isSlower ? { recentMs: recent.p50Ms, beforeMs: before.p50Ms } : undefined;
}
