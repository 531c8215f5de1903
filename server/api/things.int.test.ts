import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { locks, shadows, things } from '@/drizzle/schema';
import { type Credentials, send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { connectService } from '@/server/testing/mqtt-wire';
import { until } from '@/server/testing/until';

const factory = ground();
const basic = ({ username, password }: { username: string; password: string }): Credentials => ({
  headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
});
/** The head that the AWS SDK v3 client sends: a signature over a date and a scope, never checked here. */
const signature = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-west-1/iotdevicegateway/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
  'x-amz-date': '20261124T120000Z',
};

describe.each(gateway())('device-shadow 10: the data plane ($name)', ({ url }) => {
  let projectId: number;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let elsewhere: Awaited<ReturnType<typeof factory.lock>>;
  let device: Awaited<ReturnType<typeof factory.device>>;
  let orgKey: Credentials;
  let key: Credentials;
  beforeAll(async () => {
    projectId = (await factory.project()).id;
    home = await factory.home(await factory.person(projectId));
    lock = await factory.lock(home.id);
    device = await factory.device(projectId, home.id);
    elsewhere = await factory.lock(
      (await factory.home(await factory.person((await factory.project()).id))).id,
    );
    orgKey = { apiKey: (await factory.orgKey(projectId)).key };
    key = { token: (await factory.projectKey(projectId, ['commands'])).key };
  });
  const pathOf = (thing: string, name?: string) =>
    `/things/${thing}/shadow${name === undefined ? '' : `?name=${name}`}`;
  const refusal = (type: string, message: string) => ({ type, body: { message } });
  async function refused(method: string, path: string, options: Parameters<typeof send>[3] = orgKey) {
    const { status, headers, body } = await send(url, method, path, options);
    return { status, type: headers.get('x-amzn-errortype'), body };
  }

  it('get, update and delete answer the documents of MQTT, classic and named apart', async () => {
    const name = randomUUID();
    const at = pathOf(lock.thing, name);
    expect(await refused('GET', at)).toEqual({
      status: 404,
      ...refusal('ResourceNotFoundException', `No shadow exists with name: '${name}'`),
    });
    const body = { state: { desired: { a: 1 }, reported: { a: 0 } }, clientToken: 'mine' };
    const updated = await send(url, 'POST', at, { ...orgKey, body });
    const stamp = { timestamp: expect.any(Number) };
    expect({ status: updated.status, body: updated.body }).toEqual({
      status: 200,
      body: {
        ...body,
        metadata: { desired: { a: stamp }, reported: { a: stamp } },
        version: 1,
        timestamp: expect.any(Number),
      },
    });
    const got = await send(url, 'GET', at, orgKey);
    expect(got.body).toMatchObject({ state: { desired: { a: 1 }, delta: { a: 1 } }, version: 1 });
    expect(got.body).not.toHaveProperty('clientToken');
    expect((await send(url, 'GET', pathOf(lock.thing, randomUUID()), orgKey)).status).toBe(404);
    const deleted = await send(url, 'DELETE', at, orgKey);
    expect({ status: deleted.status, body: deleted.body }).toEqual({
      status: 200,
      body: { version: 1, timestamp: expect.any(Number) },
    });
    expect((await refused('DELETE', at)).status).toBe(404);
    expect((await send(url, 'POST', at, { ...orgKey, body: { state: {} } })).body.version).toBe(3);
  });

  it('delta and documents go out on MQTT, and a refusal does not', async () => {
    const name = randomUUID();
    const prefix = `$aws/things/${lock.thing}/shadow/name/${name}`;
    const service = await connectService(inject('mqttUrl'), factory);
    await service.subscribe(`${prefix}/update/+`, `${prefix}/delete/+`);
    const told = async () => {
      const { topic, body } = await service.next();
      return { topic: topic.slice(prefix.length), body };
    };
    const refusedFirst = await refused('POST', pathOf(lock.thing, name), { ...orgKey, body: { state: 1 } });
    expect(refusedFirst.status).toBe(400);
    const body = { state: { desired: { a: 1 } }, clientToken: 't' };
    await send(url, 'POST', pathOf(lock.thing, name), { ...orgKey, body });
    expect(await told()).toMatchObject({ topic: '/update/accepted', body: { version: 1, clientToken: 't' } });
    expect(await told()).toMatchObject({
      topic: '/update/delta',
      body: { state: { a: 1 }, clientToken: 't' },
    });
    expect(await told()).toMatchObject({ topic: '/update/documents', body: { current: { version: 1 } } });
    const conflict = { ...orgKey, body: { state: {}, version: 9 } };
    expect((await refused('POST', pathOf(lock.thing, name), conflict)).type).toBe('ConflictException');
    await send(url, 'DELETE', pathOf(lock.thing, name), orgKey);
    expect(await told()).toMatchObject({ topic: '/delete/accepted', body: { version: 1 } });
    expect(service.pending).toEqual([]);
    await service.end();
  });

  it('an update by HTTP and one by MQTT are two versions of one shadow, and each is answered', async () => {
    const name = randomUUID();
    const prefix = `$aws/things/${lock.thing}/shadow/name/${name}`;
    const service = await connectService(inject('mqttUrl'), factory);
    await service.subscribe(`${prefix}/update/accepted`);
    const versions = new Set<number>();
    const byHttp = Array.from({ length: 10 }, async (_, n) => {
      const reply = await send(url, 'POST', pathOf(lock.thing, name), {
        ...orgKey,
        body: { state: { reported: { [`h${n}`]: n } } },
      });
      expect(reply.status).toBe(200);
    });
    for (let n = 0; n < 10; n += 1)
      service.shout(`${prefix}/update`, { state: { reported: { [`m${n}`]: n } } });
    for (let n = 0; n < 20; n += 1) versions.add((await service.next()).body.version);
    await Promise.all(byHttp);
    expect([...versions].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    const got = await send(url, 'GET', pathOf(lock.thing, name), orgKey);
    expect(Object.keys(got.body.state.reported)).toHaveLength(20);
    await service.end();
  });

  const fresh = () => pathOf(lock.thing, randomUUID());
  it.each([
    ['no JSON', '{', 400, 'InvalidRequestException', 'Invalid JSON'],
    ['nothing', '', 400, 'InvalidRequestException', 'Invalid JSON'],
    ['a state that is none', '{"state":1}', 400, 'InvalidRequestException', 'State node must be an object'],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x7b, 0xff, 0x7d]),
      415,
      'UnsupportedDocumentEncodingException',
      'Unsupported documented encoding; supported encoding is UTF-8',
    ],
    [
      'a document above 8 KiB',
      JSON.stringify({ state: { desired: { a: 'x'.repeat(8_200) } } }),
      413,
      'RequestEntityTooLargeException',
      'The payload exceeds the maximum size allowed',
    ],
    [
      'a body above 1 MiB',
      'x'.repeat(1024 * 1024 + 1),
      413,
      'RequestEntityTooLargeException',
      'The payload exceeds the maximum size allowed',
    ],
  ])(
    '%s is refused as AWS refuses it, and nothing is written',
    async (_title, body, status, type, message) => {
      const at = fresh();
      expect(await refused('POST', at, { ...orgKey, body })).toEqual({ status, ...refusal(type, message) });
      expect((await refused('GET', at)).status).toBe(404);
    },
  );

  it('bad names, other methods and unknown paths answer in the same dialect', async () => {
    for (const path of [
      pathOf('a b'),
      pathOf('x'.repeat(129)),
      pathOf(lock.thing, 'x'.repeat(65)),
      pathOf(lock.thing, ''),
    ])
      expect(await refused('GET', path)).toMatchObject({ status: 400, type: 'InvalidRequestException' });
    expect(await refused('PUT', pathOf(lock.thing))).toMatchObject({
      status: 405,
      type: 'MethodNotAllowedException',
    });
    for (const path of ['/things', '/things/x/other', '/api/things', '/api/things/shadow/Other/x'])
      expect(await refused('GET', path)).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
  });

  it('shadows are listed by name in pages, without the classic one and without deleted ones', async () => {
    const own = await factory.lock(home.id);
    const list = async (query = '', credentials = orgKey) =>
      send(url, 'GET', `/api/things/shadow/ListNamedShadowsForThing/${own.thing}${query}`, credentials);
    const make = (name?: string) =>
      send(url, 'POST', pathOf(own.thing, name), { ...orgKey, body: { state: {} } });
    expect((await list()).body).toEqual({ results: [], timestamp: expect.any(Number) });
    for (const name of [undefined, 'c', 'a', 'b', 'gone']) await make(name);
    await send(url, 'DELETE', pathOf(own.thing, 'gone'), orgKey);
    expect((await list()).body.results).toEqual(['a', 'b', 'c']);
    const first = (await list('?pageSize=2')).body;
    expect(first.results).toEqual(['a', 'b']);
    const second = (await list(`?pageSize=2&nextToken=${first.nextToken}`)).body;
    expect(second).toEqual({ results: ['c'], timestamp: expect.any(Number) });
    for (const bad of ['?pageSize=0', '?pageSize=101', '?pageSize=x', '?nextToken=*'])
      expect({ bad, ...(await list(bad)) }).toMatchObject({ bad, status: 400 });
    for (const thing of [elsewhere.thing, randomUUID()]) {
      const reply = await send(url, 'GET', `/api/things/shadow/ListNamedShadowsForThing/${thing}`, orgKey);
      expect({ status: reply.status, results: reply.body.results }).toEqual({ status: 200, results: [] });
    }
  });

  it('a thing of another organisation answers as one that does not exist', async () => {
    const random = `lock-${randomUUID()}`;
    for (const method of ['GET', 'POST', 'DELETE']) {
      const options = method === 'POST' ? { ...orgKey, body: { state: {} } } : orgKey;
      const [foreign, none] = [
        await refused(method, pathOf(elsewhere.thing), options),
        await refused(method, pathOf(random), options),
      ];
      expect(foreign).toEqual(none);
      expect(none).toEqual({ status: 404, ...refusal('ResourceNotFoundException', 'Thing not found') });
    }
    expect(await factory.deps.db.select().from(shadows).where(eq(shadows.thing, random))).toEqual([]);
  });

  it('a thing comes by its MQTT password to its own shadows, a hub to those of its locks, and to no others', async () => {
    const mine = basic(lock.mqtt);
    expect(
      (await send(url, 'POST', fresh(), { ...mine, body: { state: { reported: { a: 1 } } } })).status,
    ).toBe(200);
    const hub = await factory.hub(home);
    const behind = await factory.lock(home.id);
    await factory.deps.db.update(locks).set({ hubId: hub.id }).where(eq(locks.id, behind.id));
    const byHub = basic(hub.mqtt);
    expect(
      (await send(url, 'POST', pathOf(behind.thing, 'x'), { ...byHub, body: { state: {} } })).status,
    ).toBe(200);
    for (const [credentials, thing] of [
      [mine, behind.thing],
      [mine, `lock-${randomUUID()}`],
      [byHub, lock.thing],
    ] as const)
      expect(await refused('GET', pathOf(thing), credentials)).toEqual({
        status: 403,
        ...refusal('ForbiddenException', 'Forbidden'),
      });
    const wrong = basic({ ...lock.mqtt, password: `${lock.mqtt.password}x` });
    expect(await refused('GET', fresh(), wrong)).toMatchObject({
      status: 401,
      type: 'UnauthorizedException',
    });
    // Nowhere else is a thing's password a credential.
    expect((await send(url, 'GET', `/locks/${lock.id}`, mine)).status).toBe(401);
  });

  it('a revoked thing is refused, also to those who may read it otherwise', async () => {
    const gone = await factory.lock(home.id);
    await send(url, 'POST', pathOf(gone.thing), { ...orgKey, body: { state: {} } });
    await factory.deps.db.update(things).set({ revokedAt: new Date() }).where(eq(things.name, gone.thing));
    expect((await refused('GET', pathOf(gone.thing))).status).toBe(403);
    expect((await refused('GET', pathOf(gone.thing), basic(gone.mqtt))).status).toBe(401);
  });

  it('keys of the project come to the shadows of its devices, and not to those of its locks', async () => {
    const ofDevice = pathOf(`device-${device.id}`);
    expect(
      (await send(url, 'POST', ofDevice, { ...key, body: { state: { desired: { on: true } } } })).status,
    ).toBe(200);
    expect((await send(url, 'GET', ofDevice, key)).body.state.desired).toEqual({ on: true });
    expect((await refused('GET', pathOf(lock.thing), key)).status).toBe(403);
    const reader = { token: (await factory.projectKey(projectId, [])).key };
    expect((await send(url, 'GET', ofDevice, reader)).status).toBe(200);
    expect((await refused('POST', ofDevice, { ...reader, body: { state: {} } })).status).toBe(403);
  });

  it('people have no way in, and without a credential nobody has', async () => {
    const person = await factory.person(projectId);
    expect((await refused('GET', pathOf(lock.thing), { token: person.token })).status).toBe(403);
    expect(await refused('GET', pathOf(lock.thing), {})).toEqual({
      status: 401,
      ...refusal('UnauthorizedException', 'Unauthorized'),
    });
  });

  it('a signature alone is refused with what works instead; beside a key it does not disturb', async () => {
    const signed = await refused('GET', pathOf(lock.thing), { headers: signature });
    expect(signed).toMatchObject({ status: 403, type: 'ForbiddenException' });
    expect(signed.body.message).toMatch(/X-API-Key.*Bearer.*Basic/);
    const inQuery = await refused('GET', `${pathOf(lock.thing)}?X-Amz-Signature=00`, {});
    expect(inQuery.status).toBe(403);
    const reply = await send(url, 'POST', fresh(), {
      headers: { ...signature, 'x-api-key': orgKey.apiKey as string },
      body: { state: {} },
    });
    expect(reply.status).toBe(200);
  });

  it('a door cannot be opened past the lock API: commands of locks and hubs are refused', async () => {
    const hub = await factory.hub(home);
    const command = { id: randomUUID(), type: 'unlock' };
    for (const thing of [lock.thing, hub.thing]) {
      const told = await refused('POST', pathOf(thing), {
        ...orgKey,
        body: { state: { desired: { command } } },
      });
      expect(told).toEqual({
        status: 403,
        ...refusal('ForbiddenException', 'Commands of locks and hubs go through the lock API'),
      });
      expect((await refused('GET', pathOf(thing))).status).toBe(404);
    }
  });

  it('what a lock reports by HTTP moves its door as by MQTT', async () => {
    const own = await factory.lock(home.id);
    await send(url, 'POST', pathOf(own.thing), {
      ...basic(own.mqtt),
      body: { state: { reported: { lockState: 'LOCKED' } } },
    });
    const [row] = await until(async () => {
      const rows = await factory.deps.db.select().from(locks).where(eq(locks.id, own.id));
      return rows[0]?.bolt === 'locked' && rows;
    });
    expect(row?.bolt).toBe('locked');
  });
});
