'use client';

import { useServerInsertedHTML } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { whenIdle } from '../hooks/turns';
import { zoneCookie } from './viewer-zone';
import { type Offsets, offsetsOf, zonesAttribute } from './zone-offsets';

interface Clock {
  /** The service's time when the page was made, epoch milliseconds; what the first render uses on both sides. */
  madeAt: number;
  /** A clock that does not move, for the gallery. */
  isFrozen: boolean;
}

const ClockContext = createContext<Clock | undefined>(undefined);
const ZoneContext = createContext<string | undefined>(undefined);
/** Zones whose offsets the page that is being made has to carry, and those it carries already. */
const SentZones = createContext<Map<string, 'wanted' | 'sent'> | undefined>(undefined);

interface ClockProviderProps {
  now: number;
  /** For a clock that does not move. */
  frozen?: boolean;
  /** The viewer's zone as their last page reported it. */
  zone?: string | undefined;
  children: ReactNode;
}

/** Writes the offsets of the zones that were asked for since the last piece of the page. */
function useSentZones(now: number, zone: string | undefined): Map<string, 'wanted' | 'sent'> {
  const [zones] = useState(
    () => new Map<string, 'wanted' | 'sent'>(zone === undefined ? [] : [[zone, 'wanted']]),
  );
  useServerInsertedHTML(() => {
    // Never asked for there, and so left out of what browsers load.
    if (typeof window !== 'undefined') return null;
    const wanted = [...zones].filter(([, state]) => state === 'wanted').map(([zone]) => zone);
    if (wanted.length === 0) return null;
    for (const zone of wanted) zones.set(zone, 'sent');
    const offsets: Offsets = Object.fromEntries(wanted.map((zone) => [zone, offsetsOf(zone, now)]));
    const html = JSON.stringify(offsets).replaceAll('<', '\\u003c');
    return (
      <script
        type="application/json"
        {...{ [zonesAttribute]: '' }}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: names of zones and numbers, as JSON that nothing runs
        dangerouslySetInnerHTML={{ __html: html }}
      />
    );
  });
  return zones;
}

/** The zone as this browser says it, once it was asked, and who is to hear of it. */
let saidZone: string | undefined;
const zoneListeners = new Set<() => void>();

/** `Temporal` where there is one, since a phone's first format takes it a tenth of a second. */
function browserZone(): string {
  const { Temporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } };
  return Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Asks the browser for its zone, and remembers it for the next page where the last one reported another. */
function askForZone(reported: string | undefined): void {
  const own = browserZone();
  if (own === reported) return;
  saidZone = own;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is too young for phones still in use
  document.cookie = `${zoneCookie}=${encodeURIComponent(own)}; path=/; max-age=31536000; samesite=lax`;
  for (const tell of zoneListeners) tell();
}

/** Carries the service's time into the page, so that server and browser render the same first text. */
export function ClockProvider({ now, frozen = false, zone, children }: ClockProviderProps) {
  const clock = useMemo(() => ({ madeAt: now, isFrozen: frozen }), [now, frozen]);
  const outer = useContext(ZoneContext);
  const reported = zone ?? outer;
  const zones = useSentZones(now, reported);
  useEffect(() => whenIdle(() => askForZone(reported)), [reported]);
  return (
    <ClockContext value={clock}>
      <ZoneContext value={reported}>
        <SentZones value={zones}>{children}</SentZones>
      </ZoneContext>
    </ClockContext>
  );
}

/** Has the page carry what is needed to write times of these zones. */
export function useSentOffsets(...zones: readonly (string | undefined)[]): void {
  if (typeof window !== 'undefined') return;
  // biome-ignore lint/correctness/useHookAtTopLevel: there or not there for as long as the program runs
  const sent = useContext(SentZones);
  if (sent === undefined) return;
  for (const zone of zones) if (zone !== undefined && !sent.has(zone)) sent.set(zone, 'wanted');
}

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

/** What a slow clock may be behind when it is first shown. */
const freshMs = 2_000;

/** The service's time, epoch milliseconds, renewed every `everyMs`; `undefined` stops it where it is. */
export function useNow(everyMs: number | undefined): number {
  const clock = useContext(ClockContext);
  const serverTime = useServerTime();
  const [now, setNow] = useState(clock?.madeAt ?? 0);
  const isFrozen = clock?.isFrozen === true;
  useEffect(() => {
    // What came with the page a moment ago is not rendered a second time for that moment.
    startTransition(() =>
      setNow((shown) => (!isFrozen && Math.abs(serverTime() - shown) < freshMs ? shown : serverTime())),
    );
    if (everyMs === undefined || isFrozen) return;
    const timer = setInterval(() => setNow(serverTime()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, serverTime, isFrozen]);
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

/** Whether this came with the HTML of the page, and not by going to it from another one; the same at every render. */
export function useCameWithPage(): boolean {
  let isFirstPaint = false;
  // The third function is asked on the server and while hydrating alone.
  useSyncExternalStore(
    never,
    () => true,
    () => {
      isFirstPaint = true;
      return true;
    },
  );
  const [came] = useState(isFirstPaint);
  return came;
}

function onZone(listener: () => void): () => void {
  zoneListeners.add(listener);
  return () => zoneListeners.delete(listener);
}

/** The viewer's IANA zone: that of their last page, or undefined, until the browser has had the time to say it. */
export function useViewerZone(): string | undefined {
  const reported = useContext(ZoneContext);
  useSentOffsets(reported);
  // Not by the context: a change of that has parts of the page that have not come to life yet rendered from nothing.
  return useSyncExternalStore(
    onZone,
    () => saidZone ?? reported,
    () => reported,
  );
}
