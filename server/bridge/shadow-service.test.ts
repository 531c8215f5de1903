import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { MqttConnection, MqttHandler } from '../mqtt/client';
import { type Deps, systemClock } from '../services/deps';
import { ShadowService } from './shadow-service';

/** A connection that hands messages over and keeps what is published. */
function makeConnection() {
  const published: { topic: string; body: Record<string, unknown> }[] = [];
  let take: MqttHandler = () => {};
  let subscriptions = 0;
  const connection: MqttConnection = {
    isConnected: true,
    publish: async (topic, payload) => {
      published.push({ topic, body: JSON.parse(payload.toString()) as Record<string, unknown> });
    },
    subscribe: async (_filters, handler) => {
      take = handler;
      subscriptions += 1;
      return async () => {
        subscriptions -= 1;
      };
    },
    onConnect: () => () => {},
    onDisconnect: () => () => {},
    ready: async () => {},
    end: async () => {},
  };
  const bring = (topic: string, payload: string, retain = false) =>
    take({ topic, payload: Buffer.from(payload), retain });
  return { connection, published, bring, subscriptions: () => subscriptions };
}

async function makeService() {
  const wire = makeConnection();
  // No request of these tests comes as far as the database.
  const deps = { clock: systemClock, log: pino({ level: 'silent' }) } as unknown as Deps;
  const service = new ShadowService(deps, wire.connection, () => {});
  await service.start();
  return { service, ...wire };
}
const request = '$aws/things/lock-1/shadow/update';

it('takes a retained request for the replay that it is', async () => {
  const { bring, published } = await makeService();
  bring(request, '{', true);
  expect(published).toEqual([]);
  bring(request, '{');
  expect(published).toMatchObject([
    { topic: `${request}/rejected`, body: { code: 400, message: 'Invalid JSON' } },
  ]);
});

it('answers no answer, and nothing that is no request', async () => {
  const { bring, published } = await makeService();
  for (const topic of [
    `${request}/accepted`,
    `${request}/rejected`,
    '$aws/things/lock-1/shadow/put',
    '$aws/things/lock-1/shadow',
  ])
    bring(topic, '{');
  expect(published).toEqual([]);
});

it('while suspended tells every request so at once, and judges what it can judge alone', async () => {
  const { service, bring, published } = await makeService();
  service.suspend();
  bring(request, '{"state":{},"clientToken":"t"}');
  bring('$aws/things/lock-1/shadow/name/porch/get', '{"clientToken":"g"}');
  bring('$aws/things/lock-1/shadow/delete', '');
  bring(request, '[]');
  const failed = { code: 500, message: 'Internal service failure', timestamp: expect.any(Number) };
  expect(published).toEqual([
    { topic: `${request}/rejected`, body: { ...failed, clientToken: 't' } },
    { topic: '$aws/things/lock-1/shadow/name/porch/get/rejected', body: { ...failed, clientToken: 'g' } },
    { topic: '$aws/things/lock-1/shadow/delete/rejected', body: failed },
    {
      topic: `${request}/rejected`,
      body: { code: 400, message: 'Invalid JSON', timestamp: expect.any(Number) },
    },
  ]);
});

it('subscribes once however often it is started, and not at all after it was stopped', async () => {
  const { service, subscriptions } = await makeService();
  service.suspend();
  await service.start();
  expect(subscriptions()).toBe(1);
  await service.stop();
  await service.stop();
  expect(subscriptions()).toBe(0);
});
