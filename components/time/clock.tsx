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
import { zoneCookie } from './viewer-zone';

interface Clock {
  /** The service's time when the page was made, epoch milliseconds; what the first render uses on both sides. */
  madeAt: number;
  /** A clock that does not move, for the gallery. */
  isFrozen: boolean;
  /** The viewer's zone as far as the server knows it. */
  zone: string | undefined;
}

const ClockContext = createContext<Clock | undefined>(undefined);

interface ClockProviderProps {
  now: number;
  /** For a clock that does not move. */
  frozen?: boolean;
  /** The viewer's zone as their last page reported it. */
  zone?: string | undefined;
  children: ReactNode;
}

/** Carries the service's time into the page, so that server and browser render the same first text. */
export function ClockProvider({ now, frozen = false, zone, children }: ClockProviderProps) {
  const outer = useContext(ClockContext);
  const known = zone ?? outer?.zone;
  const clock = useMemo(() => ({ madeAt: now, isFrozen: frozen, zone: known }), [now, frozen, known]);
  useEffect(() => {
    const own = browserZone();
    if (own === known) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is too young for phones still in use
    document.cookie = `${zoneCookie}=${encodeURIComponent(own)}; path=/; max-age=31536000; samesite=lax`;
  }, [known]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

let offsetMs: number | undefined;

/**
 * How far the service's clock is ahead of this browser's, measured once when the page arrived. Small differences are
 * the network's and are left out.
 */
function measureOffset(madeAt: number): number {
  if (offsetMs !== undefined || typeof window === 'undefined') return offsetMs ?? 0;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const arrivedAt = performance.timeOrigin + (navigation?.responseStart ?? performance.now());
  const difference = madeAt - arrivedAt;
  offsetMs = Math.abs(difference) < 2_000 ? 0 : difference;
  return offsetMs;
}

/** Reads the service's time, epoch milliseconds; for effects and handlers, since a render must give the same twice. */
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

/** The viewer's IANA zone; until the page is hydrated it is the one of their last page, or undefined. */
export function useViewerZone(): string | undefined {
  const zone = useContext(ClockContext)?.zone;
  return useSyncExternalStore(never, browserZone, () => zone);
}
