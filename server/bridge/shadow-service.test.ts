import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { type MqttConnection, type MqttHandler, NotConnectedError } from '../mqtt/client';
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

/** A service whose database does what the test says. */
async function makeServiceOver(transaction: () => Promise<unknown>, now = () => new Date(0)) {
  const wire = makeConnection();
  const deps = {
    clock: { now },
    log: pino({ level: 'silent' }),
    db: { transaction },
  } as unknown as Deps;
  const service = new ShadowService(deps, wire.connection, () => {});
  await service.start();
  return wire;
}
const ask = (n: number) => `{"state":{},"clientToken":"${n}"}`;

it('device-shadow 6: the eleventh request in flight of a thing is 429 with its token, and other things are served', async () => {
  const { bring, published } = await makeServiceOver(() => new Promise(() => {}));
  for (let n = 1; n <= 10; n += 1)
    bring(n % 2 === 0 ? request : `${request.slice(0, -7)}/name/x/update`, ask(n));
  expect(published).toEqual([]);
  bring(request, ask(11));
  expect(published).toEqual([
    {
      topic: `${request}/rejected`,
      body: { code: 429, message: 'Too Many Requests', timestamp: 0, clientToken: '11' },
    },
  ]);
  bring('$aws/things/lock-2/shadow/update', ask(12));
  expect(published).toHaveLength(1);
});

it('device-shadow 6: past its rate a thing is told 429; every request is answered, 500 where storage fails', async () => {
  let now = 0;
  const wire = await makeServiceOver(
    () => Promise.reject(new Error('no storage')),
    () => new Date(now),
  );
  const codes = async (count: number) => {
    wire.published.length = 0;
    for (let n = 0; n < count; n += 1) {
      wire.bring(request, ask(n));
      await vi.waitFor(() => expect(wire.published).toHaveLength(n + 1));
    }
    return wire.published.map(({ body }) => body.code);
  };
  const of = (code: number, count: number) => Array.from({ length: count }, () => code);
  expect(await codes(50)).toEqual([...of(500, 40), ...of(429, 10)]);
  now = 1_000;
  expect(await codes(25)).toEqual([...of(500, 20), ...of(429, 5)]);
});

it('an answer waits for a broker that is away for a moment', async () => {
  const wire = makeConnection();
  const { publish } = wire.connection;
  let isAway = true;
  let comeBack = () => {};
  const back = new Promise<void>((resolve) => {
    comeBack = resolve;
  });
  wire.connection.publish = async (...message) => {
    if (isAway) throw new NotConnectedError();
    return publish(...message);
  };
  wire.connection.ready = () => back;
  const deps = { clock: systemClock, log: pino({ level: 'silent' }) } as unknown as Deps;
  await new ShadowService(deps, wire.connection, () => {}).start();
  wire.bring(request, '{');
  isAway = false;
  comeBack();
  await vi.waitFor(() => expect(wire.published).toHaveLength(1));
  expect(wire.published[0]).toMatchObject({ topic: `${request}/rejected`, body: { code: 400 } });
});

it.each([
  '$aws/things/a b/shadow/get',
  `$aws/things/${'x'.repeat(129)}/shadow/get`,
  '$aws/things/lock-1/shadow/name//get',
  `$aws/things/lock-1/shadow/name/${'x'.repeat(65)}/get`,
])(
  'device-shadow 1: the bad name in %s is told 400 on its own rejected topic, with the token',
  async (topic) => {
    const { bring, published } = await makeService();
    bring(topic, '{"clientToken":"t"}');
    expect(published).toMatchObject([{ topic: `${topic}/rejected`, body: { code: 400, clientToken: 't' } }]);
  },
);
