/** Wrong PINs at one lock before the next must wait. */
export const pinTries = 5;
/** Failures are forgotten this long after the last one; longer than any wait. */
export const pinResetMs = 10 * 60_000;
const firstWaitMs = 30_000;
const longestWaitMs = 8 * 60_000;

/** How long after the last failure the next try must wait: nothing at first, then half a minute, doubling up to eight. */
export const pinWaitMs = (failures: number): number =>
  failures < pinTries ? 0 : Math.min(firstWaitMs * 2 ** (failures - pinTries), longestWaitMs);
