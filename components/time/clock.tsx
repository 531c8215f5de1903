'use client';

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';

interface Clock {
  /** The service's time when the page was made, epoch milliseconds; what the first render uses on both sides. */
  madeAt: number;
  /** A clock that does not move, for the gallery. */
  isFrozen: boolean;
}

const ClockContext = createContext<Clock | undefined>(undefined);

/** Carries the service's time into the page, so that server and browser render the same first text. */
export function ClockProvider({
  now,
  frozen = false,
  children,
}: {
  now: number;
  frozen?: boolean;
  children: ReactNode;
}) {
  const clock = useMemo(() => ({ madeAt: now, isFrozen: frozen }), [now, frozen]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

let offsetMs: number | undefined;

/**
 * How far the service's clock is ahead of this browser's, measured once when the page arrived. Small differences are
 * the network's and are left out.
 */
function measureOffset(madeAt: number): number {
  if (offsetMs !== undefined) return offsetMs;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const arrivedAt = performance.timeOrigin + (navigation?.responseStart ?? performance.now());
  const difference = madeAt - arrivedAt;
  offsetMs = Math.abs(difference) < 2_000 ? 0 : difference;
  return offsetMs;
}

/** Reads the service's time, epoch milliseconds; to be called in effects and handlers. */
export function useServerTime(): () => number {
  const clock = useContext(ClockContext);
  if (clock === undefined) throw new Error('useServerTime needs a ClockProvider above it');
  return useMemo(
    () => () => (clock.isFrozen ? clock.madeAt : Date.now() + measureOffset(clock.madeAt)),
    [clock],
  );
}

/** The service's time, epoch milliseconds, renewed every `everyMs`; `undefined` stops it where it is. */
export function useNow(everyMs: number | undefined): number {
  const clock = useContext(ClockContext);
  const serverTime = useServerTime();
  const [now, setNow] = useState(clock?.madeAt ?? 0);
  useEffect(() => {
    setNow(serverTime());
    if (everyMs === undefined || clock?.isFrozen === true) return;
    const timer = setInterval(() => setNow(serverTime()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, serverTime, clock]);
  return now;
}

const never = () => () => {};

/** False on the server and while hydrating, true after. */
export const useIsHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** The viewer's IANA zone; undefined until the page is hydrated, since the server cannot know it. */
export const useViewerZone = (): string | undefined =>
  useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => undefined,
  );
