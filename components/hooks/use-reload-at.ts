'use client';

import { useEffect, useEffectEvent } from 'react';
import { useServerTime } from '../time/clock';

/** A timer cannot hold a longer wait: it is begun anew. */
const longestMs = 86_400_000;
/** Clocks differ a little: an answer of before the moment is asked for again, no faster than this. */
const usualLeastMs = 1_000;

/**
 * Has data asked for anew when its moment has come by the service's clock.
 *
 * @param at when the data becomes another by itself, epoch milliseconds; undefined: it does not
 * @param loadedAt changes whenever the data was loaded
 * @param leastMs shortest wait
 */
export function useReloadAt(
  at: number | undefined,
  loadedAt: number,
  reload: () => void,
  leastMs = usualLeastMs,
): void {
  const serverTime = useServerTime();
  const run = useEffectEvent(reload);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was loaded too early is waited for again
  useEffect(() => {
    if (at === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      const left = at - serverTime();
      timer = left > longestMs ? setTimeout(wait, longestMs) : setTimeout(run, Math.max(leastMs, left));
    };
    wait();
    return () => clearTimeout(timer);
  }, [at, loadedAt, leastMs, serverTime]);
}
