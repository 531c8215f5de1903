import { positionOf, type StreamEvent } from './raw-events';

/** Events of one device as a page shows them, newest first. */
export interface EventStream {
  items: StreamEvent[];
  /** Came while the stream was paused. */
  held: StreamEvent[];
  /** How many came while it was paused, also those that are no longer held. */
  heldCount: number;
  isPaused: boolean;
  /** Where older ones begin; null: there are none, or no room for them. */
  next: string | null;
}

/** So many are kept in the page. */
export const eventsMost = 500;

export const streamOf = (items: StreamEvent[], next: string | null): EventStream => ({
  items,
  held: [],
  heldCount: 0,
  isPaused: false,
  next,
});

/** The newest page was read anew, perhaps of another type; `meanwhile` came while it was asked for. A pause goes on. */
export const renewed = (
  { isPaused }: EventStream,
  { items, next }: { items: StreamEvent[]; next: string | null },
  meanwhile: readonly StreamEvent[],
): EventStream => meanwhile.reduce(withArrival, { ...streamOf(items, next), isPaused });

const isNewIn = (items: readonly StreamEvent[], event: StreamEvent): boolean =>
  items.every(({ id }) => id !== event.id);

/** What was cut off can no longer be continued by the cursor, which stands behind it. */
function bounded(stream: EventStream): EventStream {
  if (stream.items.length <= eventsMost) return stream;
  return { ...stream, items: stream.items.slice(0, eventsMost), next: null };
}

/** Most come last; one that had to be read anew may come after its followers. */
function inPlace(items: readonly StreamEvent[], event: StreamEvent): StreamEvent[] {
  const place = items.findIndex((other) => positionOf(other) < positionOf(event));
  return place < 0 ? [...items, event] : items.toSpliced(place, 0, event);
}

/** An event has come. */
export function withArrival(stream: EventStream, event: StreamEvent): EventStream {
  if (!isNewIn(stream.items, event) || !isNewIn(stream.held, event)) return stream;
  if (!stream.isPaused) return bounded({ ...stream, items: inPlace(stream.items, event) });
  return {
    ...stream,
    held: inPlace(stream.held, event).slice(0, eventsMost),
    heldCount: stream.heldCount + 1,
  };
}

export const paused = (stream: EventStream): EventStream => ({ ...stream, isPaused: true });

/** Goes on, with all that came meanwhile. */
export const resumed = (stream: EventStream): EventStream =>
  bounded({
    ...stream,
    isPaused: false,
    held: [],
    heldCount: 0,
    items: [...stream.held, ...stream.items],
  });

/** An older page has come. */
export function withOlder(
  stream: EventStream,
  items: readonly StreamEvent[],
  next: string | null,
): EventStream {
  const older = items.filter((event) => isNewIn(stream.items, event));
  return bounded({ ...stream, items: [...stream.items, ...older], next });
}

/** Those whose type or data hold the words; case does not count. */
export function searchEvents(items: readonly StreamEvent[], words: string): StreamEvent[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [...items];
  return items.filter(({ eventType, data }) => `${eventType} ${data}`.toLowerCase().includes(wanted));
}
