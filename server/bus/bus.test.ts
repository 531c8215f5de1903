import { describe, expect, it } from 'vitest';
import type { HomeEvent } from '../event-store/outbox';
import type { MqttConnection } from '../mqtt/client';
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
const line = (position: number): HomeEvent => ({
  homeId: 7,
  position,
  topic: 'event',
  payload: { eventType: 'rang' },
});
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('lines of homes', () => {
  it('reach listeners of the same process without the broker, in order, and leave for the others', async () => {
    const { bus, published } = mute();
    const heard: number[] = [];
    await bus.onHomeEvent(({ position }) => heard.push(position));
    bus.announce([line(1), undefined, line(2)]);
    bus.announce([line(3)]);
    await soon();
    expect(heard).toEqual([1, 2, 3]);
    expect(published).toHaveLength(2);
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
