import { describe, expect, it } from 'vitest';
import {
  eventsMost,
  paused,
  renewed,
  resumed,
  searchEvents,
  streamOf,
  withArrival,
  withOlder,
} from './event-stream';
import type { StreamEvent } from './raw-events';

const event = (id: number, eventData: Record<string, unknown> = {}): StreamEvent => ({
  id: `1-${id}`,
  eventType: 'reading',
  data: JSON.stringify(eventData),
  timestamp: '2026-01-01T00:00:00.000Z',
});
const ids = (items: readonly StreamEvent[]) => items.map(({ id }) => id);

describe('the stream of a device', () => {
  it('shows what comes at once and nothing twice', () => {
    const once = withArrival(streamOf([event(1)], 'older'), event(2));
    expect(ids(withArrival(once, event(2)).items)).toEqual(['1-2', '1-1']);
    expect(withOlder(once, [event(1), event(0)], null)).toMatchObject({ next: null });
    expect(ids(withOlder(once, [event(1), event(0)], null).items)).toEqual(['1-2', '1-1', '1-0']);
  });

  it('puts one that had to be read anew in its place', () => {
    const stream = withArrival(streamOf([event(3), event(1)], null), event(2));
    expect(ids(stream.items)).toEqual(['1-3', '1-2', '1-1']);
  });

  it('stands still while paused, counts what comes, and shows it when it goes on', () => {
    let stream = paused(streamOf([event(1)], null));
    stream = withArrival(withArrival(stream, event(2)), event(3));
    expect(ids(stream.items)).toEqual(['1-1']);
    expect(stream.heldCount).toBe(2);
    expect(ids(resumed(stream).items)).toEqual(['1-3', '1-2', '1-1']);
    expect(resumed(stream)).toMatchObject({ heldCount: 0, isPaused: false });
  });

  it('is read anew without losing what came meanwhile, and stays paused', () => {
    const old = streamOf([event(1)], 'older');
    const page = { items: [event(2)], next: null };
    expect(ids(renewed(old, page, [event(2), event(3)]).items)).toEqual(['1-3', '1-2']);
    const still = renewed(paused(old), page, [event(3)]);
    expect(still).toMatchObject({ isPaused: true, heldCount: 1 });
    expect(ids(still.items)).toEqual(['1-2']);
    expect(ids(resumed(still).items)).toEqual(['1-3', '1-2']);
  });

  it('keeps a bounded number and then offers no older ones, which would leave a gap', () => {
    let stream = paused(streamOf([event(0)], 'older'));
    for (let id = 1; id <= eventsMost + 50; id += 1) stream = withArrival(stream, event(id));
    expect(stream.held).toHaveLength(eventsMost);
    expect(stream.heldCount).toBe(eventsMost + 50);
    expect(resumed(stream).items).toHaveLength(eventsMost);
    expect(resumed(stream).next).toBeNull();
  });

  it('is searched in types and data', () => {
    const items = [event(1, { room: 'Kitchen' }), event(2, { room: 'Hall' })];
    expect(ids(searchEvents(items, 'kitchen'))).toEqual(['1-1']);
    expect(searchEvents(items, 'READING')).toHaveLength(2);
  });
});
