import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { and, eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shadows } from '@/drizzle/schema';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { connectService, connectThing, type Wire } from '@/server/testing/mqtt-wire';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

// A system of its own: its parts are stopped here.
let system: System;
let factory: Factory;
let wire: Wire;
let thing: string;

beforeAll(async () => {
  system = await startSystem();
  factory = makeFactory(system);
  const lock = await factory.lock(
    (await factory.home(await factory.person((await factory.project()).id))).id,
  );
  thing = lock.thing;
  wire = await connectThing(system.mqttUrl, lock);
  expect(await wire.subscribe(`$aws/things/${thing}/shadow/name/+/+/+`)).toEqual([1]);
}, 60_000);
afterAll(async () => {
  await wire?.end();
  await factory?.end();
  await system?.stop();
});

const topic = (name: string, rest: string) => `$aws/things/${thing}/shadow/name/${name}/${rest}`;
async function ask(name: string, request: string, payload: unknown, answer: string) {
  await wire.publish(topic(name, request), payload);
  return (await wire.next((message) => message.topic === topic(name, `${request}/${answer}`))).body;
}

it('versions and tombstones outlive the bridge', async () => {
  await ask('kept', 'update', { state: { desired: { a: 1 } } }, 'accepted');
  await ask('gone', 'update', { state: { desired: { a: 1 } } }, 'accepted');
  await ask('gone', 'delete', '', 'accepted');
  await system.bridge.stop();
  await system.bridge.start();
  expect(await ask('kept', 'get', '', 'accepted')).toMatchObject({
    version: 1,
    state: { desired: { a: 1 } },
  });
  expect((await ask('kept', 'update', { state: {} }, 'accepted')).version).toBe(2);
  expect(await ask('gone', 'get', '', 'rejected')).toMatchObject({ code: 404 });
  expect((await ask('gone', 'update', { state: {} }, 'accepted')).version).toBe(3);
});

/** Asks five times and tells which answers came. */
async function answers(mark: string): Promise<string[]> {
  const service = await connectService(system.mqttUrl, factory);
  await service.subscribe(topic('+', 'get/+'));
  for (let n = 0; n < 5; n += 1) {
    wire.shout(topic('kept', 'get'), { clientToken: `${mark}-${n}` });
    await service.next(({ body }) => body.clientToken === `${mark}-${n}`);
  }
  // A second answer would stand before this one.
  await ask('fence', 'get', { clientToken: mark }, 'rejected');
  await service.next(({ body }) => body.clientToken === mark);
  const doubles = service.pending.map(({ body }) => body.clientToken as string);
  await service.end();
  return doubles;
}

it('of two bridges one answers, and the other takes over when it goes', async () => {
  const takingOver = system.standby.start();
  expect(await answers('first')).toEqual([]);
  const before = (await ask('kept', 'update', { state: {} }, 'accepted')).version;
  await system.bridge.stop();
  await takingOver;
  expect(await answers('second')).toEqual([]);
  expect((await ask('kept', 'update', { state: {} }, 'accepted')).version).toBe(before + 1);
  const takingBack = system.bridge.start();
  await system.standby.stop();
  await takingBack;
  expect(await answers('third')).toEqual([]);
});

it('while PostgreSQL is away every request is told so, and what was there is there again after', async () => {
  await ask('kept', 'update', { state: { desired: { before: true } } }, 'accepted');
  await system.postgres.stop();
  for (const [request, payload] of [
    ['get', { clientToken: 'away' }],
    ['update', { state: { desired: { lost: true } }, clientToken: 'away' }],
    ['delete', { clientToken: 'away' }],
  ] as const) {
    const told = await ask('kept', request, payload, 'rejected');
    expect(told).toMatchObject({ code: 500, message: 'Internal service failure', clientToken: 'away' });
    expect(JSON.stringify(told)).not.toMatch(/ECONN|postgres|stack|at /i);
  }
  // What needs no database is judged as always.
  expect(await ask('kept', 'update', '{', 'rejected')).toMatchObject({ code: 400 });
  await system.postgres.start();
  await expect
    .poll(
      async () => {
        wire.shout(topic('kept', 'get'), { clientToken: 'back' });
        const { topic: at } = await wire.next(({ body }) => body.clientToken === 'back');
        return at;
      },
      { timeout: 60_000 },
    )
    .toBe(topic('kept', 'get/accepted'));
  wire.shout(topic('kept', 'get'), { clientToken: 'last' });
  const got = (await wire.next(({ body }) => body.clientToken === 'last')).body;
  expect(got.state.desired).toEqual({ a: 1, before: true });
}, 120_000);

/** A way to the broker on which what the bridge says can be held back. */
async function startMuffler(mqttUrl: string) {
  const { hostname, port } = new URL(mqttUrl);
  let isMuffled = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('data', (bytes) => {
      if (!isMuffled) far.write(bytes);
    });
    far.on('data', (bytes) => near.write(bytes));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    muffle: () => {
      isMuffled = true;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

it('a bridge that is killed after it has stored and before it has answered loses nothing: the retry goes on above it', async () => {
  const first = (await ask('killed', 'update', { state: { desired: { n: 1 } } }, 'accepted')).version;
  await system.bridge.stop();
  const muffler = await startMuffler(system.mqttUrl);
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main/main.ts', '--target=bridge'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: system.databaseUrl,
      MQTT_URL: muffler.url,
      SECRETS_KEY: system.secretsKey,
    },
  });
  await once(child, 'message');
  expect((await ask('killed', 'update', { state: { desired: { n: 2 } } }, 'accepted')).version).toBe(
    first + 1,
  );
  muffler.muffle();
  wire.shout(topic('killed', 'update'), { state: { desired: { n: 3 } }, clientToken: 'lost' });
  const stored = () =>
    factory.deps.db
      .select({ version: shadows.version })
      .from(shadows)
      .where(and(eq(shadows.thing, thing), eq(shadows.name, 'killed')));
  await until(async () => (await stored())[0]?.version === first + 2);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await system.bridge.start();
  const again = await ask(
    'killed',
    'update',
    { state: { desired: { n: 3 } }, clientToken: 'lost' },
    'accepted',
  );
  expect(again).toMatchObject({ version: first + 3, clientToken: 'lost' });
  expect(await ask('killed', 'get', '', 'accepted')).toMatchObject({
    version: first + 3,
    state: { desired: { n: 3 } },
  });
  const answered = wire.pending.filter(
    ({ topic: at, body }) => at === topic('killed', 'update/accepted') && body.clientToken === 'lost',
  );
  expect(answered).toEqual([]);
  await muffler.stop();
}, 90_000);

it('a shadow that somebody holds for too long is answered 500 and not with silence', async () => {
  await ask('held', 'update', { state: {} }, 'accepted');
  const owner = postgres(system.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe('begin');
  await owner`select 1 from shadows where thing = ${thing} and name = 'held' for update`;
  wire.shout(topic('held', 'update'), { state: {}, clientToken: 'held' });
  const told = await wire.next(({ body }) => body.clientToken === 'held');
  expect(told).toMatchObject({ topic: topic('held', 'update/rejected'), body: { code: 500 } });
  await owner.unsafe('rollback');
  await owner.end();
  expect((await ask('held', 'update', { state: {} }, 'accepted')).version).toBe(2);
});
