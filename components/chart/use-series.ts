'use client';

import { useEffect, useMemo, useReducer, useState } from 'react';
import type { OutgoingEvent } from '@/server/contracts/devices';
import { type EventPage, liveEvent, positionOf, readEventPage, type StreamEvent } from '../device/raw-events';
import { apiText } from '../hooks/api';
import { useLiveHomes } from '../hooks/use-live-home';
import { useServerTime } from '../time/clock';

/** So many events are read at most; each page of the API has fifty. */
export const eventsMost = 3_000;
/** Pages that are looked through for numbers, the one that came with the page included. */
const pagesForFields = 4;

export interface Source {
  homeId: number;
  deviceId: number;
  cursor: string;
}

interface Known {
  /** By id, in no order. */
  events: ReadonlyMap<string, StreamEvent>;
}

const withEvents = ({ events }: Known, more: readonly StreamEvent[]): Known => ({
  events: new Map([...events, ...more.map((event) => [event.id, event] as const)]),
});

async function loadPage(
  deviceId: number,
  query: { type?: string; from?: string; after?: string },
  signal?: AbortSignal,
): Promise<EventPage> {
  const options = signal === undefined ? {} : { signal };
  return readEventPage(await apiText('devices.events', { params: { deviceId }, query }, options));
}

interface Loading {
  state: 'busy' | 'done' | 'failed';
  /** There are older events in the range than were read. */
  isCut: boolean;
  error?: unknown;
}

/**
 * Events of a device: those of one type over a range of time, read page by page, and whatever comes meanwhile of any
 * type. In the order of the home's log, oldest first.
 */
export function useSeries(
  { homeId, deviceId, cursor }: Source,
  initial: readonly StreamEvent[],
  wanted: { eventType: string | undefined; rangeMs: number },
): Loading & { events: readonly StreamEvent[]; again: () => void } {
  const serverTime = useServerTime();
  const [known, add] = useReducer(withEvents, { events: new Map() }, (none) => withEvents(none, initial));
  const [loading, setLoading] = useState<Loading>({ state: 'busy', isCut: false });
  const [attempt, again] = useReducer((count: number) => count + 1, 0);
  const { eventType, rangeMs } = wanted;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to read anew
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const read = async () => {
      setLoading({ state: 'busy', isCut: false });
      const from = new Date(serverTime() - rangeMs).toISOString();
      const query = eventType === undefined ? {} : { type: eventType, from };
      const most = eventType === undefined ? pagesForFields * 50 : eventsMost;
      let after: string | null = null;
      let count = 0;
      do {
        const page: EventPage = await loadPage(
          deviceId,
          after === null ? query : { ...query, after },
          signal,
        );
        if (signal.aborted) return;
        add(page.items);
        count += page.items.length;
        after = page.next;
      } while (after !== null && count < most);
      setLoading({ state: 'done', isCut: after !== null });
    };
    read().catch((error: unknown) => {
      if (!signal.aborted) setLoading({ state: 'failed', isCut: false, error });
    });
    return () => controller.abort();
  }, [deviceId, eventType, rangeMs, attempt, serverTime]);

  // Numbers of other types are looked for once, behind what is shown.
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      let after: string | null = null;
      for (let page = 0; page < pagesForFields; page += 1) {
        const { items, next }: EventPage = await loadPage(
          deviceId,
          after === null ? {} : { after },
          controller.signal,
        );
        if (controller.signal.aborted) return;
        add(items);
        if (next === null) return;
        after = next;
      }
    };
    // What is missing then is a choice in a list; the chart itself tells its own failures.
    read().catch(() => {});
    return () => controller.abort();
  }, [deviceId]);

  useLiveHomes([{ homeId, cursor }], {
    onMessage: ({ topic, payload, position }) => {
      const event = payload as OutgoingEvent;
      if (topic !== 'event' || event.originDeviceId !== deviceId) return;
      const arrived = liveEvent(event, homeId, position);
      if (arrived !== undefined) add([arrived]);
      else void loadPage(deviceId, { type: event.eventType }).then(({ items }) => add(items), again);
    },
    onResync: again,
    onRevoked: () => window.location.reload(),
  });
  const events = useMemo(
    () => [...known.events.values()].sort((one, other) => positionOf(one) - positionOf(other)),
    [known],
  );
  return { ...loading, events, again };
}
