import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { devices, deviceValues, homeEvents, homeValues } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { jsonTexts } from '@/server/testing/json-texts';
import { mounts } from '@/server/testing/mounts';
import { random } from '@/server/testing/permission-world';
import { type BusListener, listenToBus } from '@/server/testing/told';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const headers = { 'content-type': 'application/json' };
const kinds = mounts().flatMap((mount) => [
  { ...mount, kind: 'home' as const },
  { ...mount, kind: 'device' as const },
]);

describe.each(kinds)('key-value pairs of a $kind ($name)', ({ url, kind }) => {
  let kim: Person;
  let bus: BusListener;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
    bus = await listenToBus();
  });
  /** A store that nobody has used. */
  const fresh = async () => {
    const home = await factory.home(kim);
    const device = await factory.device(kim.user.projectId, home.id);
    const path = kind === 'home' ? `/homes/${home.id}/kv` : `/devices/${device.id}/kv`;
    const token = kim.token;
    return {
      path,
      homeId: home.id,
      device,
      put: (key: string, value: string) =>
        send(url, 'PUT', `${path}/${key}`, { token, headers, body: `{"value":${value}}` }),
      get: (key: string) => send(url, 'GET', `${path}/${key}`, { token }),
      text: async (rest: string) =>
        (await fetch(`${url}${path}${rest}`, { headers: { authorization: `ModeCloud ${token}` } })).text(),
      remove: (key: string) => send(url, 'DELETE', `${path}/${key}`, { token }),
      keys: async (query = '') =>
        (await send(url, 'GET', `${path}${query}`, { token })).body.map(({ key }: { key: string }) => key),
    };
  };

  it('a pair is saved, read, saved again and deleted', async () => {
    const store = await fresh();
    const saved = await store.put('a', '"1"');
    expect(saved.status).toBe(204);
    expect(saved.body).toBeUndefined();
    const got = await store.get('a');
    expect(got.status).toBe(200);
    expect(got.body).toEqual({ key: 'a', value: '1', modificationTime: milliseconds });
    expect((await store.put('a', '[]')).status).toBe(204);
    const again = (await store.get('a')).body;
    expect(again.value).toEqual([]);
    expect(again.modificationTime >= got.body.modificationTime).toBe(true);
    expect((await store.remove('a')).status).toBe(204);
    for (const reply of [await store.get('a'), await store.remove('a')]) {
      expect(reply.status).toBe(404);
      expect(reply.body).toEqual({ reason: 'NOT_FOUND' });
    }
    expect(await store.keys()).toEqual([]);
  });

  it('values come back byte for byte, one by one and in the list', async () => {
    const store = await fresh();
    const texts = jsonTexts(kind === 'home' ? 1 : 2, 60);
    for (const [index, text] of texts.entries()) {
      expect((await store.put(`k${index + 100}`, ` ${text}\n`)).status).toBe(204);
      expect(await store.text(`/k${index + 100}`)).toContain(
        `{"key":"k${index + 100}","value":${text},"modif`,
      );
    }
    const times = /,"modificationTime":"[^"]{24}"\}/g;
    const list = (await store.text('')).replace(times, '}');
    expect(list).toBe(
      `[${texts.map((text, index) => `{"key":"k${index + 100}","value":${text}}`).join(',')}]`,
    );
  });

  it('lists sorted by key, and by what a key starts with, letter for letter', async () => {
    const store = await fresh();
    for (const key of ['b', 'a_b', 'aXb', 'a-b', 'B', '10', '9', 'a']) await store.put(key, '1');
    expect(await store.keys()).toEqual(['10', '9', 'B', 'a', 'a-b', 'aXb', 'a_b', 'b']);
    expect(await store.keys('?keyPrefix=')).toHaveLength(8);
    expect(await store.keys('?keyPrefix=a')).toEqual(['a', 'a-b', 'aXb', 'a_b']);
    expect(await store.keys('?keyPrefix=a_')).toEqual(['a_b']);
    expect(await store.keys('?keyPrefix=A')).toEqual([]);
    for (const prefix of ['%25', '_', 'a%25', '%5C', 'a%5C_', '%00', '%27', '%F0%9F%8F%94'])
      expect({ prefix, keys: await store.keys(`?keyPrefix=${prefix}`) }).toEqual({ prefix, keys: [] });
  });

  it('takes keys of letters, digits, _ and - and no others', async () => {
    const store = await fresh();
    for (const key of ['a', '0', 'a-_-b', 'x'.repeat(128), 'constructor'])
      expect({ key, status: (await store.put(key, '1')).status }).toEqual({ key, status: 204 });
    for (const [key, reason] of [
      ['_a', 'INVALID_KEY'],
      ['a-', 'INVALID_KEY'],
      ['-', 'INVALID_KEY'],
      ['__proto__', 'INVALID_KEY'],
      ['a.b', 'INVALID_KEY'],
      ['a%20b', 'INVALID_KEY'],
      ['a%0A', 'INVALID_KEY'],
      ['%C3%A5', 'INVALID_KEY'],
      ['%00', 'INVALID_KEY'],
      ['a%2Fb', 'INVALID_KEY'],
      ['x'.repeat(129), 'INVALID_PARAMETER'],
    ] as const) {
      const reply = await store.put(key, '1');
      expect({ key, status: reply.status, reason: reply.body.reason }).toEqual({ key, status: 403, reason });
      expect(reply.body.data.details[0].field).toBe('key');
      expect((await store.get(key)).status).toBe(404);
      expect((await store.remove(key)).status).toBe(404);
    }
  });

  it('takes a value that is one; the key in the body counts for nothing', async () => {
    const store = await fresh();
    const send1 = (body: string) => send(url, 'PUT', `${store.path}/k`, { token: kim.token, headers, body });
    for (const [body, status, reason] of [
      ['', 403, 'MISSING_PARAMETERS'],
      ['{}', 403, 'MISSING_PARAMETERS'],
      ['{"Value":1}', 403, 'MISSING_PARAMETERS'],
      ['{"a":{"value":1}}', 403, 'MISSING_PARAMETERS'],
      ['{"value":null}', 403, 'INVALID_PARAMETER'],
      ['{"value":1,"value":null}', 403, 'INVALID_PARAMETER'],
      ['[1]', 403, 'INVALID_DATA'],
      ['1', 403, 'INVALID_DATA'],
      ['{"value":', 400, 'INVALID_JSON'],
      ['{"value":NaN}', 400, 'INVALID_JSON'],
      ['{"value":01}', 400, 'INVALID_JSON'],
      ['value=1', 400, 'INVALID_JSON'],
    ] as const) {
      const reply = await send1(body);
      expect({ body, status: reply.status, reason: reply.body.reason }).toEqual({ body, status, reason });
    }
    expect((await store.get('k')).status).toBe(404);
    expect((await send1('{"key":"other","value":1,"modificationTime":"x"}')).status).toBe(204);
    expect(await store.keys()).toEqual(['k']);
  });

  it('holds 64 KiB of UTF-8 a value, not a byte more', async () => {
    const store = await fresh();
    const most = `"${'å'.repeat((64 * 1024 - 2) / 2)}"`;
    expect((await store.put('a', most)).status).toBe(204);
    expect(Buffer.byteLength((await store.get('a')).body.value)).toBe(64 * 1024 - 2);
    const over = await store.put('a', `"x${most.slice(1)}`);
    expect(over.status).toBe(403);
    expect(over.body.reason).toBe('INVALID_PARAMETER');
    expect(over.body.data.details[0].field).toBe('value');
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect((await store.put('a', deep)).status).toBe(204);
    expect(await store.text('/a')).toContain(`"value":${deep},`);
  });

  it('holds 1000 pairs, whoever writes at the same time', async () => {
    const store = await fresh();
    const place = kind === 'home' ? store.homeId : store.device.id;
    const rows = Array.from({ length: 998 }, (_, index) => ({
      key: `k${index}`,
      value: '1',
      modifiedAt: new Date(),
    }));
    if (kind === 'home') await db.insert(homeValues).values(rows.map((row) => ({ ...row, homeId: place })));
    else await db.insert(deviceValues).values(rows.map((row) => ({ ...row, deviceId: place })));
    const replies = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => store.put(key, '1')));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 204, 403, 403, 403]);
    expect((await store.put('k0', '2')).status).toBe(204);
    expect((await store.put('another', '2')).body.reason).toBe('INVALID_PARAMETER');
    expect(await store.keys()).toHaveLength(1000);
    expect((await store.remove('k1')).status).toBe(204);
    expect((await store.put('another', '2')).status).toBe(204);
  });

  it('of many writers of one key the last one holds', async () => {
    const store = await fresh();
    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) => store.put('k', String(index))),
    );
    expect(replies.every(({ status }) => status === 204)).toBe(true);
    const told = (await bus.events(store.homeId, 12)).map((body) => JSON.parse(body).eventData.value);
    expect((await store.get('k')).body.value).toBe(told.at(-1));
  });

  it('tells apps and pages what changed, its numbers as they came', async () => {
    const store = await fresh();
    await store.put('k', '{"n":12345678901234567890,"t":"\\u0000"}');
    await store.remove('k');
    const origin =
      kind === 'home' ? {} : { originDeviceId: store.device.id, originDeviceClass: 'smart_light' };
    const [saved = '', deleted = ''] = await bus.events(store.homeId, 2);
    expect(saved).toContain('"value":{"n":12345678901234567890,"t":"\\u0000"}');
    expect(JSON.parse(saved)).toEqual({
      eventType: kind === 'home' ? '_keyValueSaved_' : '_deviceKVSaved_',
      eventData: { key: 'k', value: expect.anything(), modificationTime: milliseconds },
      timestamp: milliseconds,
      homeId: store.homeId,
      ...origin,
    });
    expect(JSON.parse(deleted)).toEqual({
      eventType: kind === 'home' ? '_keyValueDeleted_' : '_deviceKVDeleted_',
      eventData: { key: 'k' },
      timestamp: milliseconds,
      homeId: store.homeId,
      ...origin,
    });
    const lines = await db
      .select()
      .from(homeEvents)
      .where(eq(homeEvents.homeId, store.homeId))
      .orderBy(homeEvents.position);
    const place = kind === 'home' ? {} : { deviceId: store.device.id };
    expect(lines.filter(({ topic }) => topic === 'kv').map(({ payload }) => payload)).toEqual([
      { action: 'saved', key: 'k', modificationTime: milliseconds, ...place },
      { action: 'deleted', key: 'k', ...place },
    ]);
  });

  it('refuses without a trace', async () => {
    const store = await fresh();
    await store.put('k', 'null');
    await store.put('_', '1');
    await store.remove('missing');
    expect(await db.select().from(homeEvents).where(eq(homeEvents.homeId, store.homeId))).toEqual([]);
    const [row] = await db.select().from(devices).where(eq(devices.id, store.device.id));
    expect(row?.kvRevision).toBe(0);
  });

  it('a list of what is not there is a wrong parameter, one pair of it is not found', async () => {
    const store = await fresh();
    const stranger = await factory.person((await factory.project()).id);
    for (const [token, path] of [
      [kim.token, `/${kind}s/${random}/kv`],
      [stranger.token, store.path],
    ] as const) {
      const list = await send(url, 'GET', path, { token });
      expect(list.status).toBe(403);
      expect(list.body.reason).toBe(kind === 'home' ? 'INVALID_HOME_ID' : 'INVALID_DEVICE_ID');
      expect((await send(url, 'GET', `${path}/k`, { token })).status).toBe(404);
      expect((await send(url, 'PUT', `${path}/k`, { token, body: { value: 1 } })).status).toBe(404);
      expect((await send(url, 'DELETE', `${path}/k`, { token })).status).toBe(404);
    }
  });

  it('is written by members and by keys that may, read by every key of the project', async () => {
    const store = await fresh();
    await store.put('k', '1');
    const guest = await factory.person(kim.user.projectId);
    await factory.member(store.homeId, guest, 'guest');
    const neighbour = await factory.person(kim.user.projectId);
    const plain = await factory.projectKey(kim.user.projectId, ['commands', 'events', 'byou', 'admin']);
    const able = await factory.projectKey(kim.user.projectId, ['kv']);
    for (const [who, token, wanted] of [
      ['guest', guest.token, [200, 200, 403, 403]],
      ['neighbour', neighbour.token, [403, 403, 403, 403]],
      ['plain key', plain.key, [200, 200, 403, 403]],
      ['device', store.device.apiKey, kind === 'home' ? [403, 403, 403, 403] : [200, 200, 204, 204]],
      ['key', able.key, kind === 'home' ? [200, 200, 204, 204] : [200, 404, 204, 204]],
      ['garbage', 'v1.dXN8MQ==.1700000000.00', [401, 401, 401, 401]],
    ] as const) {
      const told = [];
      for (const [method, rest, body] of [
        ['GET', '', undefined],
        ['GET', '/k', undefined],
        ['PUT', '/k', { value: 2 }],
        ['DELETE', '/k', undefined],
      ] as const) {
        const reply = await send(url, method, `${store.path}${rest}`, { token, ...(body ? { body } : {}) });
        told.push(reply.status);
      }
      expect({ who, told }).toEqual({ who, told: wanted });
    }
  });
});
