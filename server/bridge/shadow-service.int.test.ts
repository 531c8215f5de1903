import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { connectService, connectThing, type Wire } from '@/server/testing/mqtt-wire';

const factory = ground();
const url = inject('mqttUrl');
let lock: Awaited<ReturnType<typeof factory.lock>>;
let wire: Wire;

beforeAll(async () => {
  lock = await factory.lock((await factory.home(await factory.person((await factory.project()).id))).id);
  wire = await connectThing(url, lock);
  const prefix = `$aws/things/${lock.thing}/shadow`;
  for (const request of ['get', 'update', 'delete']) {
    expect(await wire.subscribe(`${prefix}/${request}/+`, `${prefix}/name/+/${request}/+`)).toEqual([1, 1]);
  }
});
afterAll(() => wire.end());

/** A named shadow that nobody has used; the classic one belongs to the lock. */
function freshShadow(name: string = randomUUID()) {
  const prefix = `$aws/things/${lock.thing}/shadow/name/${name}`;
  const answer = (rest: string) =>
    wire.next(({ topic }) => topic === `${prefix}/${rest}`).then(({ body }) => body);
  const ask = async (request: 'get' | 'update' | 'delete', payload: unknown, rest: string) => {
    await wire.publish(`${prefix}/${request}`, payload);
    return answer(`${request}/${rest}`);
  };
  return { name, prefix, answer, ask };
}
const seconds = expect.any(Number);

describe('get, update, delete over the wire', () => {
  it('a first get is told at once that there is nothing, by the name of the shadow', async () => {
    const { name, ask } = freshShadow();
    expect(await ask('get', '', 'rejected')).toEqual({
      code: 404,
      message: `No shadow exists with name: '${name}'`,
      timestamp: seconds,
    });
    expect(await ask('get', { clientToken: 't' }, 'rejected')).toMatchObject({ code: 404, clientToken: 't' });
    expect(await ask('delete', { clientToken: 'd' }, 'rejected')).toMatchObject({
      code: 404,
      clientToken: 'd',
    });
  });

  it('the classic shadow is named after its thing when there is none', async () => {
    const bare = await factory.lock(
      (await factory.home(await factory.person((await factory.project()).id))).id,
    );
    const device = await connectThing(url, bare);
    await device.subscribe(`$aws/things/${bare.thing}/shadow/get/+`);
    await device.publish(`$aws/things/${bare.thing}/shadow/get`, '');
    expect((await device.next()).body).toMatchObject({
      code: 404,
      message: `No shadow exists with name: '${bare.thing}'`,
    });
    await device.end();
  });

  it('an update is answered with accepted, then delta, then documents, all with the token', async () => {
    const { prefix, ask, answer } = freshShadow();
    const accepted = await ask(
      'update',
      { state: { desired: { a: 1 }, reported: { a: 0 } }, clientToken: 'u-1' },
      'accepted',
    );
    expect(accepted).toEqual({
      state: { desired: { a: 1 }, reported: { a: 0 } },
      metadata: { desired: { a: { timestamp: seconds } }, reported: { a: { timestamp: seconds } } },
      version: 1,
      timestamp: seconds,
      clientToken: 'u-1',
    });
    expect(Math.abs(accepted.timestamp - Date.now() / 1000)).toBeLessThan(60);
    const mine = () => wire.next(({ topic }) => topic.startsWith(prefix));
    expect(await mine()).toMatchObject({
      topic: `${prefix}/update/delta`,
      body: { state: { a: 1 }, version: 1, clientToken: 'u-1' },
    });
    expect(await mine()).toMatchObject({
      topic: `${prefix}/update/documents`,
      body: { previous: null, current: { version: 1 }, clientToken: 'u-1' },
    });
    expect(await ask('get', { clientToken: 'g-1' }, 'accepted')).toMatchObject({
      state: { desired: { a: 1 }, reported: { a: 0 }, delta: { a: 1 } },
      version: 1,
      clientToken: 'g-1',
    });
    await ask('update', { state: { reported: { a: 1 } } }, 'accepted');
    const documents = await answer('update/documents');
    expect(documents).toMatchObject({
      previous: { version: 1 },
      current: { version: 2, state: { reported: { a: 1 } } },
    });
    expect(documents).not.toHaveProperty('clientToken');
    expect(wire.pending.filter(({ topic }) => topic === `${prefix}/update/delta`)).toEqual([]);
  });

  it('delete leaves a count that goes on, and neither delta nor documents', async () => {
    const { prefix, ask, answer } = freshShadow();
    for (const name of ['a', 'b']) {
      await ask('update', { state: { desired: { [name]: 1 } } }, 'accepted');
      await answer('update/documents');
    }
    expect(await ask('delete', { clientToken: 'd' }, 'accepted')).toEqual({
      version: 2,
      timestamp: seconds,
      clientToken: 'd',
    });
    expect(await ask('get', '', 'rejected')).toMatchObject({ code: 404 });
    expect(await ask('delete', '', 'rejected')).toMatchObject({ code: 404 });
    const again = await ask('update', { state: { desired: { c: 1 } }, version: 2 }, 'accepted');
    expect(again.version).toBe(4);
    expect(await ask('get', '', 'accepted')).toMatchObject({ state: { desired: { c: 1 } }, version: 4 });
    const documents = wire.pending.filter(({ topic }) => topic === `${prefix}/update/documents`);
    expect(documents.map(({ body }) => body.current.version)).toEqual([4]);
  });

  it('named shadows and the classic one are apart', async () => {
    const [one, two] = [freshShadow('update'), freshShadow('name')];
    expect((await one.ask('update', { state: { desired: { a: 1 } } }, 'accepted')).version).toBe(1);
    expect(await two.ask('get', '', 'rejected')).toMatchObject({
      code: 404,
      message: "No shadow exists with name: 'name'",
    });
  });

  it('device-shadow 4: accepted is told first, then delta, then documents, one version after the other', async () => {
    const { prefix } = freshShadow();
    for (const n of [1, 2, 3])
      wire.shout(`${prefix}/update`, { state: { desired: { n } }, clientToken: `o-${n}` });
    const told: string[] = [];
    for (let count = 0; count < 9; count += 1) {
      const { topic, body } = await wire.next((message) => message.topic.startsWith(`${prefix}/update/`));
      const kind = topic.slice(`${prefix}/update/`.length);
      told.push(`${kind} ${kind === 'documents' ? body.current.version : body.version}`);
    }
    expect(told).toEqual([1, 2, 3].flatMap((n) => [`accepted ${n}`, `delta ${n}`, `documents ${n}`]));
  });

  it('ten updates at once are ten versions, each answered by its token, told in order', async () => {
    const { prefix, ask } = freshShadow();
    const tokens = Array.from({ length: 10 }, (_, n) => `p-${n}`);
    for (const [n, clientToken] of tokens.entries())
      wire.shout(`${prefix}/update`, { state: { reported: { [`m${n}`]: n } }, clientToken });
    const told = [];
    for (let count = 0; count < 10; count += 1)
      told.push((await wire.next(({ topic }) => topic === `${prefix}/update/accepted`)).body);
    expect(told.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(told.map(({ clientToken }) => clientToken).sort()).toEqual(tokens);
    const got = await ask('get', '', 'accepted');
    expect(Object.keys(got.state.reported)).toHaveLength(10);
  });
});

describe('what is refused is answered', () => {
  const bad: [title: string, payload: unknown, expected: object][] = [
    ['no JSON', '{"state":', { code: 400, message: 'Invalid JSON' }],
    ['no object', [1], { code: 400, message: 'Invalid JSON' }],
    ['nothing', '', { code: 400, message: 'Invalid JSON' }],
    [
      'no UTF-8',
      Buffer.from([0x7b, 0xff, 0x7d]),
      { code: 415, message: 'Unsupported documented encoding; supported encoding is UTF-8' },
    ],
    [
      'no state',
      { clientToken: 't' },
      { code: 400, message: 'Missing required node: state', clientToken: 't' },
    ],
    [
      'a state that is none',
      { state: 1, clientToken: 't' },
      { code: 400, message: 'State node must be an object', clientToken: 't' },
    ],
    [
      'another node',
      { state: { delta: {} }, clientToken: 't' },
      { code: 400, message: "State contains an invalid node: 'delta'", clientToken: 't' },
    ],
    [
      'a section that is none',
      { state: { desired: 1 } },
      { code: 400, message: 'Desired node must be an object' },
    ],
    ['a bad version', { state: {}, version: 'x' }, { code: 400, message: 'Invalid version' }],
    [
      'null in an array',
      { state: { desired: { a: [null] } } },
      { code: 400, message: 'Arrays must not contain null' },
    ],
    [
      'depth',
      `{"state":{"desired":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}}`,
      { code: 400, message: 'JSON contains too many levels of nesting; maximum is 6' },
    ],
    ['1e400', '{"state":{"desired":{"a":1e400}}}', { code: 400 }],
    ['a token that is none', { state: {}, clientToken: 1 }, { code: 400, message: 'Invalid clientToken' }],
    [
      'a document above 8 KiB',
      { state: { desired: { a: 'x'.repeat(8_200) } }, clientToken: 't' },
      { code: 413, message: 'The payload exceeds the maximum size allowed', clientToken: 't' },
    ],
    [
      'a payload above 128 KiB',
      'x'.repeat(131_073),
      { code: 413, message: 'The payload exceeds the maximum size allowed' },
    ],
  ];

  it.each(bad)('%s', async (_title, payload, expected) => {
    const { ask } = freshShadow();
    const told = await ask('update', payload, 'rejected');
    expect(told).toMatchObject({ ...expected, timestamp: seconds });
    if (!('clientToken' in expected)) expect(told).not.toHaveProperty('clientToken');
    expect(await ask('get', '', 'rejected')).toMatchObject({ code: 404 });
  });

  it('a version that is not the live one is 409, and nothing changes', async () => {
    const { ask } = freshShadow();
    await ask('update', { state: { desired: { a: 1 } } }, 'accepted');
    expect(
      await ask('update', { state: { desired: { a: 2 } }, version: 7, clientToken: 't' }, 'rejected'),
    ).toEqual({
      code: 409,
      message: 'Version conflict',
      timestamp: seconds,
      clientToken: 't',
    });
    expect(await ask('get', '', 'accepted')).toMatchObject({ state: { desired: { a: 1 } }, version: 1 });
  });

  it('a command that has waited past its expiry is not stored, so no thing is told of it', async () => {
    const { ask } = freshShadow();
    const now = Date.now();
    const command = { id: randomUUID(), type: 'unlock', issuedAt: now - 9_000, expiresAt: now - 1_000 };
    await ask('update', { state: { desired: { a: 1 } } }, 'accepted');
    expect(
      await ask('update', { state: { desired: { command } }, clientToken: 't' }, 'rejected'),
    ).toMatchObject({ code: 400, message: 'The command has expired', clientToken: 't' });
    expect(await ask('get', '', 'accepted')).toMatchObject({ state: { desired: { a: 1 } }, version: 1 });
    await ask(
      'update',
      { state: { desired: { command: { ...command, expiresAt: now + 60_000 } } } },
      'delta',
    );
  });

  it('a name of a shadow that is none is 400 on its own rejected topic', async () => {
    const { ask } = freshShadow('x'.repeat(65));
    expect(await ask('get', { clientToken: 't' }, 'rejected')).toMatchObject({ code: 400, clientToken: 't' });
  });

  it('a get or delete with a body that is no object is 400', async () => {
    const { ask } = freshShadow();
    expect(await ask('get', 'x', 'rejected')).toMatchObject({ code: 400, message: 'Invalid JSON' });
    expect(await ask('delete', '[]', 'rejected')).toMatchObject({ code: 400, message: 'Invalid JSON' });
  });

  it('a flood of one thing is answered to the last request, 429 past ten in flight', async () => {
    const { prefix } = freshShadow();
    for (let n = 0; n < 200; n += 1)
      wire.shout(`${prefix}/update`, { state: { reported: { n } }, clientToken: `f-${n}` });
    const told = new Map<string, number>();
    while (told.size < 200) {
      const { topic, body } = await wire.next(
        ({ topic: at }) => at === `${prefix}/update/accepted` || at === `${prefix}/update/rejected`,
      );
      expect(told.has(body.clientToken)).toBe(false);
      told.set(body.clientToken, topic.endsWith('accepted') ? 200 : body.code);
    }
    expect([...new Set(told.values())].filter((code) => code !== 200 && code !== 429)).toEqual([]);
    expect([...told.values()].filter((code) => code === 200).length).toBeGreaterThanOrEqual(10);
  });
});

it('hostile member names come back as they went in', async () => {
  const { ask } = freshShadow();
  await ask(
    'update',
    '{"state":{"desired":{"__proto__":{"a":1},"constructor":2,"toString":"x"}}}',
    'accepted',
  );
  const { state } = await ask('get', '', 'accepted');
  expect(Object.keys(state.desired).sort()).toEqual(['__proto__', 'constructor', 'toString']);
});

it('our own services may ask for every thing', async () => {
  const { prefix } = freshShadow();
  const service = await connectService(url, factory);
  await service.subscribe(`${prefix}/get/+`);
  await service.publish(`${prefix}/get`, { clientToken: 's' });
  expect((await service.next()).body).toMatchObject({ code: 404, clientToken: 's' });
  await service.end();
});
