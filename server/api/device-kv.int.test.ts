import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { devices } from '@/drizzle/schema';
import { reloadText } from '@/server/services/kv/reload-text';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { type BusListener, listenToBus } from '@/server/testing/told';

const factory = ground();
const { db } = factory.deps;

describe.each(gateway())('key-value data of a device ($name)', ({ url }) => {
  let kim: Person;
  let bus: BusListener;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
    bus = await listenToBus();
  });
  const deviceAtHome = async () => factory.device(kim.user.projectId, (await factory.home(kim)).id);
  const put = (id: number, key: string, value: string, token = kim.token) =>
    send(url, 'PUT', `/devices/${id}/kv/${key}`, {
      token,
      headers: { 'content-type': 'application/json' },
      body: `{"value":${value}}`,
    });

  it('tells the device every change with a revision that grows by one', async () => {
    const { id } = await deviceAtHome();
    await put(id, 'a', '[9007199254740993, 1.0]');
    await put(id, 'b', '"x"');
    await send(url, 'DELETE', `/devices/${id}/kv/missing`, { token: kim.token });
    await send(url, 'DELETE', `/devices/${id}/kv/a`, { token: kim.token });
    await put(id, 'b', '"x"');
    expect(await bus.bodies(id, 'kv', 4)).toEqual([
      '{"action":"set","rev":1,"key":"a","value":[9007199254740993, 1.0]}',
      '{"action":"set","rev":2,"key":"b","value":"x"}',
      '{"action":"delete","rev":3,"key":"a"}',
      '{"action":"set","rev":4,"key":"b","value":"x"}',
    ]);
  });

  it('a device reloads what there is, at the revision it stands at', async () => {
    const { id } = await deviceAtHome();
    expect(await reloadText(db, id)).toBe('{"action":"reload","rev":0,"numItems":0,"items":[]}');
    await put(id, 'b', '1.0');
    await put(id, 'a', '{}');
    const text = (await reloadText(db, id)) ?? '';
    expect(text.replace(/"modificationTime":"[^"]{24}"/g, 'T')).toBe(
      '{"action":"reload","rev":2,"numItems":2,"items":[{"key":"a","value":{},T},{"key":"b","value":1.0,T}]}',
    );
    expect(await reloadText(db, 900_000_000_000_001)).toBeUndefined();
  });

  it('many writers at once get revisions without a gap or a double', async () => {
    const { id, apiKey } = await deviceAtHome();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        put(id, `k${index % 3}`, String(index), index % 2 ? kim.token : apiKey),
      ),
    );
    expect(replies.every(({ status }) => status === 204)).toBe(true);
    const revisions = (await bus.bodies(id, 'kv', 20)).map((body) => JSON.parse(body).rev as number);
    expect(revisions.sort((one, other) => one - other)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const [row] = await db.select().from(devices).where(eq(devices.id, id));
    expect(row?.kvRevision).toBe(20);
  });

  it('holds 100 KiB in all, keys counted', async () => {
    const { id } = await deviceAtHome();
    const half = `"${'x'.repeat(50 * 1024 - 3)}"`;
    expect((await put(id, 'a', half)).status).toBe(204);
    expect((await put(id, 'b', half)).status).toBe(204);
    for (const reply of [await put(id, 'c', '1'), await put(id, 'b', `"x${half.slice(1)}`)]) {
      expect(reply.status).toBe(403);
      expect(reply.body.reason).toBe('INVALID_PARAMETER');
    }
    expect((await put(id, 'b', half)).status).toBe(204);
    expect((await send(url, 'DELETE', `/devices/${id}/kv/a`, { token: kim.token })).status).toBe(204);
    expect((await put(id, 'c', '1')).status).toBe(204);
  });

  it('a device without a home keeps its data, which nobody else reads', async () => {
    const device = await factory.device(kim.user.projectId);
    expect((await put(device.id, 'a', '1', device.apiKey)).status).toBe(204);
    const own = await send(url, 'GET', `/devices/${device.id}/kv/a`, { token: device.apiKey });
    expect(own.body).toMatchObject({ key: 'a', value: 1 });
    expect((await send(url, 'GET', `/devices/${device.id}/kv`, { token: kim.token })).body).toEqual({
      reason: 'MEMBERS_ONLY',
    });
    expect((await send(url, 'DELETE', `/devices/${device.id}/kv/a`, { token: device.apiKey })).status).toBe(
      204,
    );
  });
});
