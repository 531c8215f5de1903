import { describe, expect, it } from 'vitest';
import type { HomeEvent } from '../event-store/outbox';
import type { MqttConnection, MqttMessage } from '../mqtt/client';
import { busOver } from './bus';

/** A connection to a broker that takes everything and delivers nothing. */
function mute() {
  const published: string[] = [];
  const connection = {
    publish: async (topic: string) => void published.push(topic),
    subscribe: async () => async () => {},
    onConnect: () => () => {},
  } as unknown as MqttConnection;
  return { bus: busOver(connection), published };
}

/** Two buses on one broker, which delivers when it is told to. */
function twoProcesses() {
  const handlers: ((message: MqttMessage) => void)[] = [];
  const kept: MqttMessage[] = [];
  const connection = () =>
    ({
      publish: async (topic: string, payload: string) =>
        void kept.push({ topic, payload: Buffer.from(payload), retain: false }),
      subscribe: async (_filter: string, handler: (message: MqttMessage) => void) => {
        handlers.push(handler);
        return async () => {};
      },
      onConnect: () => () => {},
    }) as unknown as MqttConnection;
  const connect = () => {
    for (const message of kept) for (const handler of handlers) handler(message);
  };
  return { here: busOver(connection()), there: busOver(connection()), connect };
}
const line = (position: number): HomeEvent => ({
  homeId: 7,
  position,
  topic: 'event',
  payload: { eventType: 'rang' },
});
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('lines of homes', () => {
  it('reach listeners of the same process first and in order, without the broker, and then leave for the others', async () => {
    const { bus, published } = mute();
    const heard: { position: number; published: number }[] = [];
    await bus.onHomeEvent(({ position }) => heard.push({ position, published: published.length }));
    bus.announce([line(1), undefined, line(2), line(3)]);
    await soon();
    expect(heard).toEqual([1, 2, 3].map((position) => ({ position, published: 0 })));
    expect(published).toEqual([expect.stringMatching(/home\/many\//)]);
  });

  it('leave at once after a pause, and together where they follow fast', async () => {
    const { bus, published } = mute();
    bus.announce([line(1)]);
    expect(published).toEqual([expect.stringMatching(/home\/7\/event$/)]);
    for (const position of [2, 3, 4]) bus.announce([line(position)]);
    expect(published).toHaveLength(1);
    await expect.poll(() => published).toHaveLength(2);
    expect(published[1]).toMatch(/home\/many\//);
  });

  it('of a pack are heard by other processes, in order, and not once more by the one that sent them', async () => {
    const { here, there, connect } = twoProcesses();
    const heard: Record<'here' | 'there', number[]> = { here: [], there: [] };
    await here.onHomeEvent(({ position }) => heard.here.push(position));
    await there.onHomeEvent(({ position }) => heard.there.push(position));
    here.announce([line(1), line(2), line(3)]);
    await soon();
    connect();
    await soon();
    expect(heard).toEqual({ here: [1, 2, 3], there: [1, 2, 3] });
  });

  it('reach nobody who has stopped listening', async () => {
    const { bus } = mute();
    const heard: number[] = [];
    const off = await bus.onHomeEvent(({ position }) => heard.push(position));
    bus.announce([line(1)]);
    await off();
    await soon();
    expect(heard).toEqual([]);
  });
});

it('a right that is taken away is gone in the same process without the broker', async () => {
  const { bus, published } = mute();
  const heard: unknown[] = [];
  const off = await bus.onRevocation((what) => heard.push(what));
  bus.revoke({ kind: 'session', id: 'one' });
  await soon();
  await off();
  bus.revoke({ kind: 'session', id: 'two' });
  await soon();
  expect(heard).toEqual([{ kind: 'session', id: 'one' }]);
  expect(published).toHaveLength(2);
});
