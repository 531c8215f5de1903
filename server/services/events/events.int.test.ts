import { desc, eq } from 'drizzle-orm';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { devices, homeEvents, homes } from '@/drizzle/schema';
import { deviceEvents } from '@/drizzle/schema/by-hand/device-events';
import { send } from '@/server/testing/api-client';
import { makeFactory } from '@/server/testing/factories';
import { storeDeviceEvents } from './store-device-events';

const url = inject('url');
const factory = makeFactory({
  databaseUrl: inject('databaseUrl'),
  mqttUrl: inject('mqttUrl'),
  secretsKey: inject('secretsKey'),
});
afterAll(() => factory.end());

async function deviceInHome() {
  const project = await factory.project();
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  return { project, person, home, device: await factory.device(project.id, home.id) };
}
const put = (device: { id: number; apiKey: string }, body: unknown, headers: Record<string, string> = {}) =>
  send(url, 'PUT', `/devices/${device.id}/event`, { token: device.apiKey, body, headers });

describe('an event of a device', () => {
  it('is answered with an empty 204 and stands in the history with everything apps are told', async () => {
    const { person, home, device } = await deviceInHome();
    const reply = await put(device, { eventType: 'lightOn', eventData: { level: 3 } });
    expect([reply.status, reply.body]).toEqual([204, undefined]);
    const { body } = await send(url, 'GET', `/homes/${home.id}/events`, { token: person.token });
    expect(body).toEqual({
      items: [
        {
          id: expect.stringMatching(/^\d+-\d+$/),
          eventType: 'lightOn',
          eventData: { level: 3 },
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          homeId: home.id,
          originDeviceId: device.id,
          originDeviceClass: 'smart_light',
          originDeviceIp: expect.any(String),
        },
      ],
      next: null,
    });
  });

  it('keeps 64-bit integers, odd numbers and the order of members as they were sent', async () => {
    const { home, device } = await deviceInHome();
    const data = '{"z":9223372036854775807,"a":1.10,"e":1e400,"n":{"b":-0}}';
    const reply = await put(device, `{"eventType":"raw","eventData":${data}}`, {
      'content-type': 'application/json',
    });
    expect(reply.status).toBe(204);
    const [row] = await factory.deps.db.select().from(deviceEvents).where(eq(deviceEvents.homeId, home.id));
    expect(row?.body).toContain(`"eventData":${data}`);
    const [line] = await factory.deps.db.select().from(homeEvents).where(eq(homeEvents.homeId, home.id));
    expect(line?.body).toBe(row?.body);
  });

  it('ignores and overwrites what a zero-valued event object claims, and gives {} for absent data', async () => {
    const { person, home, device } = await deviceInHome();
    const reply = await put(device, {
      homeId: 0,
      timestamp: '0001-01-01T00:00:00Z',
      eventType: 'zero',
      eventData: null,
      originDeviceId: 0,
      originDeviceClass: '',
      originDeviceIp: '',
    });
    expect(reply.status).toBe(204);
    const { body } = await send(url, 'GET', `/devices/${device.id}/events`, { token: person.token });
    expect(body.items[0]).toMatchObject({ eventData: {}, homeId: home.id, originDeviceId: device.id });
    expect(body.items[0].timestamp.startsWith('0001')).toBe(false);
  });

  it.each([
    ['no type', { eventData: {} }, 403, 'MISSING_PARAMETERS'],
    ['an empty type', { eventType: '' }, 403, 'INVALID_PARAMETER'],
    ['a type that is no text', { eventType: 5 }, 403, 'INVALID_PARAMETER'],
    ['a type of the cloud itself', { eventType: '_deviceConnected_' }, 403, 'INVALID_PARAMETER'],
    ['a list for data', { eventType: 'x', eventData: [1] }, 403, 'INVALID_PARAMETER'],
    ['NUL in the data', { eventType: 'x', eventData: { a: '\u0000' } }, 403, 'INVALID_PARAMETER'],
    ['broken JSON', '{"eventType":"x"', 400, 'INVALID_JSON'],
    ['a JSON array', [], 403, 'INVALID_DATA'],
  ])('refuses %s', async (_what, body, status, reason) => {
    const { home, device } = await deviceInHome();
    const reply = await put(device, body, { 'content-type': 'application/json' });
    expect([reply.status, reply.body.reason]).toEqual([status, reason]);
    expect(await factory.deps.db.select().from(deviceEvents).where(eq(deviceEvents.homeId, home.id))).toEqual(
      [],
    );
  });

  it('is refused without a home, in a home that is switched off, and from another device', async () => {
    const { project, home, device } = await deviceInHome();
    const homeless = await factory.device(project.id);
    expect((await put(homeless, { eventType: 'x' })).body).toEqual({ reason: 'DEVICE_NOT_IN_HOME' });
    const foreign = await send(url, 'PUT', `/devices/${homeless.id}/event`, {
      token: device.apiKey,
      body: { eventType: 'x' },
    });
    expect(foreign.status).toBe(403);
    await factory.deps.db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    expect((await put(device, { eventType: 'x' })).status).toBe(403);
  });

  it('keeps the order of one device and hands out positions without gaps, also in batches across homes', async () => {
    const first = await deviceInHome();
    const second = await deviceInHome();
    const incoming = Array.from({ length: 40 }, (_, index) => ({
      deviceId: index % 2 === 0 ? first.device.id : second.device.id,
      payload: JSON.stringify({ eventType: 'tick', eventData: { index } }),
    }));
    const batches = await Promise.all([
      storeDeviceEvents(factory.deps, incoming),
      storeDeviceEvents(factory.deps, incoming),
    ]);
    expect(batches.flat()).toEqual(Array(80).fill('stored'));
    for (const { home } of [first, second]) {
      const lines = await factory.deps.db
        .select()
        .from(homeEvents)
        .where(eq(homeEvents.homeId, home.id))
        .orderBy(desc(homeEvents.position));
      expect(lines.map(({ position }) => position)).toEqual(
        Array.from({ length: 40 }, (_, index) => 40 - index),
      );
    }
  });

  it('goes to the home that its device is in, however long ago the device was let in', async () => {
    const { person, home, device } = await deviceInHome();
    const other = await factory.home(person);
    const place = { homeId: home.id, deviceClass: 'smart_light' };
    const tell = async () =>
      storeDeviceEvents(factory.deps, [{ deviceId: device.id, payload: '{"eventType":"x"}', place }]);
    const count = (homeId: number) => factory.deps.db.$count(deviceEvents, eq(deviceEvents.homeId, homeId));
    expect(await tell()).toEqual(['stored']);
    await factory.deps.db.update(devices).set({ homeId: other.id }).where(eq(devices.id, device.id));
    expect(await tell()).toEqual(['stored']);
    expect([await count(home.id), await count(other.id)]).toEqual([1, 1]);
    expect(place.homeId).toBe(other.id);
    await factory.deps.db.update(homes).set({ deactivated: true }).where(eq(homes.id, other.id));
    expect(await tell()).toEqual(['no-home']);
    await factory.deps.db.update(devices).set({ homeId: null }).where(eq(devices.id, device.id));
    expect(await tell()).toEqual(['no-home']);
    expect([await count(home.id), await count(other.id)]).toEqual([1, 1]);
  });

  it('is taken from a device only while its key is good, however often it was let in before', async () => {
    const { home, device } = await deviceInHome();
    const count = () => factory.deps.db.$count(deviceEvents, eq(deviceEvents.homeId, home.id));
    const tell = async (body: unknown = { eventType: 'x' }) => {
      const { status, body: told } = await put(device, body);
      return [status, told?.reason];
    };
    expect(await tell()).toEqual([204, undefined]);
    expect(await tell()).toEqual([204, undefined]);
    const keyHash = Buffer.alloc(32, device.id);
    const [before] = await factory.deps.db.select().from(devices).where(eq(devices.id, device.id));
    const refused = [401, 'UNAUTHENTICATED_CLIENT'];
    await factory.deps.db.update(devices).set({ keyHash }).where(eq(devices.id, device.id));
    expect(await tell()).toEqual(refused);
    expect(await tell()).toEqual(refused);
    expect(await count()).toBe(2);
    await factory.deps.db
      .update(devices)
      .set({ keyHash: before?.keyHash as Buffer })
      .where(eq(devices.id, device.id));
    expect(await tell()).toEqual([204, undefined]);
    expect(await tell()).toEqual([204, undefined]);
    await factory.deps.db.delete(devices).where(eq(devices.id, device.id));
    expect(await tell()).toEqual(refused);
    expect(await count()).toBe(4);
  });

  it('says nothing of what is wrong with it to a device whose key is good no more', async () => {
    const { project, device } = await deviceInHome();
    const other = await factory.device(project.id);
    expect((await put(device, { eventType: 'x' })).status).toBe(204);
    await factory.deps.db.delete(devices).where(eq(devices.id, device.id));
    expect((await put(device, { eventType: '' })).body.reason).toBe('UNAUTHENTICATED_CLIENT');
    const foreign = await put({ id: other.id, apiKey: device.apiKey }, { eventType: 'x' });
    expect([foreign.status, foreign.body.reason]).toEqual([401, 'UNAUTHENTICATED_CLIENT']);
  });

  it('goes to the home that its device has moved to, and to none that is switched off, from a device that is known', async () => {
    const { person, home, device } = await deviceInHome();
    const other = await factory.home(person);
    const count = (homeId: number) => factory.deps.db.$count(deviceEvents, eq(deviceEvents.homeId, homeId));
    expect((await put(device, { eventType: 'x' })).status).toBe(204);
    await factory.deps.db.update(devices).set({ homeId: other.id }).where(eq(devices.id, device.id));
    expect((await put(device, { eventType: 'x' })).status).toBe(204);
    expect((await put(device, { eventType: 'x' })).status).toBe(204);
    expect([await count(home.id), await count(other.id)]).toEqual([1, 2]);
    await factory.deps.db.update(homes).set({ deactivated: true }).where(eq(homes.id, other.id));
    expect((await put(device, { eventType: 'x' })).status).toBe(403);
    await factory.deps.db.update(devices).set({ homeId: null }).where(eq(devices.id, device.id));
    expect((await put(device, { eventType: 'x' })).body).toEqual({ reason: 'DEVICE_NOT_IN_HOME' });
  });

  it('is limited to 600 a minute for one device', async () => {
    const { device } = await deviceInHome();
    const incoming = Array.from({ length: 650 }, () => ({
      deviceId: device.id,
      payload: '{"eventType":"flood"}',
    }));
    const outcomes = await storeDeviceEvents(factory.deps, incoming);
    expect(outcomes.filter((outcome) => outcome === 'limited').length).toBeGreaterThanOrEqual(40);
    expect(outcomes[0]).toBe('stored');
  });
});

describe('an event of a home', () => {
  it('carries the project key that sent it, its id as text', async () => {
    const { project, person, home } = await deviceInHome();
    const key = await factory.projectKey(project.id, ['events']);
    const reply = await send(url, 'PUT', `/homes/${home.id}/event`, {
      token: key.key,
      body: { eventType: 'alarm', eventData: { loud: true } },
    });
    expect(reply.status).toBe(204);
    const { body } = await send(url, 'GET', `/homes/${home.id}/events?type=alarm`, { token: person.token });
    expect(body.items).toMatchObject([
      { originProjectKeyId: String(key.id), originProjectKeyName: 'integration', eventData: { loud: true } },
    ]);
    const unpermitted = await factory.projectKey(project.id, ['kv']);
    const refused = await send(url, 'PUT', `/homes/${home.id}/event`, {
      token: unpermitted.key,
      body: { eventType: 'alarm' },
    });
    expect(refused.body.reason).toBe('PERMISSION_DENIED');
  });
});

describe('the history', () => {
  it('is read by pages of fifty, by type and by time, without doubles', async () => {
    const { person, home, device } = await deviceInHome();
    const incoming = Array.from({ length: 120 }, (_, index) => ({
      deviceId: device.id,
      payload: JSON.stringify({ eventType: index % 3 === 0 ? 'third' : 'other', eventData: { index } }),
    }));
    await storeDeviceEvents(factory.deps, incoming);
    const seen: number[] = [];
    let after = '';
    for (let page = 0; page < 3; page += 1) {
      const { body } = await send(url, 'GET', `/homes/${home.id}/events${after}`, { token: person.token });
      seen.push(...body.items.map((item: { eventData: { index: number } }) => item.eventData.index));
      after = `?after=${body.next}`;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => 119 - index));
    const thirds = await send(url, 'GET', `/homes/${home.id}/events?type=third`, { token: person.token });
    expect(thirds.body.items).toHaveLength(40);
    const later = await send(url, 'GET', `/homes/${home.id}/events?from=2999-01-01T00:00:00Z`, {
      token: person.token,
    });
    expect(later.body.items).toEqual([]);
    const wrong = await send(url, 'GET', `/homes/${home.id}/events?after=nonsense`, { token: person.token });
    expect(wrong.body.data.details[0].field).toBe('after');
  });
});
