import { randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { closeSocketsAfterwards, openSocket, refusalOf } from '@/server/testing/web-socket';

const factory = ground();
closeSocketsAfterwards();
const url = inject('url');

let person: Person;
let homeId: number;
let projectId: number;
beforeAll(async () => {
  projectId = (await factory.project()).id;
  person = await factory.person(projectId);
  homeId = (await factory.home(person)).id;
});

const commandPath = (deviceId: number) => `/devices/${deviceId}/command`;
const eventsPath = '/userSession/websocket';
const get = async (deviceId: number) =>
  (await send(url, 'GET', `/devices/${deviceId}`, { token: person.token })).body;
const tellEvent = (device: { id: number; apiKey: string }, eventType: string, eventData: object = {}) =>
  send(url, 'PUT', `/devices/${device.id}/event`, { token: device.apiKey, body: { eventType, eventData } });
const command = (deviceId: number, text: string) =>
  send(url, 'PUT', commandPath(deviceId), {
    token: person.token,
    headers: { 'content-type': 'application/json' },
    body: text,
  });

describe('WebSocket of a device', () => {
  it('brings commands as they were written, in order, to every connection', async () => {
    const device = await factory.device(projectId, homeId);
    const sockets = [
      await openSocket(url, commandPath(device.id), { token: device.apiKey }),
      await openSocket(url, `${commandPath(device.id)}?authToken=${device.apiKey}`),
    ];
    const written = [
      '{"action":"light","parameters":{"on":1,"big":9007199254740993}}',
      '{"action":"wait"}',
      '{"action":"light","parameters":{"on":0}}',
    ];
    for (const text of written) expect((await command(device.id, text)).status).toBe(204);
    for (const socket of sockets) expect(await socket.texts.take(3)).toEqual(written);
  });

  it('makes the device connected with its first connection and disconnected with its last', async () => {
    const device = await factory.device(projectId, homeId);
    const watcher = await openSocket(url, eventsPath, { token: person.token });
    expect((await get(device.id)).isConnected).toBe(false);
    const first = await openSocket(url, commandPath(device.id), { token: device.apiKey });
    const connected = JSON.parse(await watcher.texts.next());
    expect(connected).toMatchObject({
      eventType: '_deviceConnected_',
      eventData: {},
      homeId,
      originDeviceId: device.id,
      originDeviceClass: 'smart_light',
    });
    const shown = await get(device.id);
    expect(shown.isConnected).toBe(true);
    expect(shown.lastConnectTime).toMatch(/\.\d{3}Z$/);
    const second = await openSocket(url, commandPath(device.id), { token: device.apiKey });
    first.close();
    await first.closed;
    second.close();
    expect(JSON.parse(await watcher.texts.next()).eventType).toBe('_deviceDisconnected_');
    const after = await get(device.id);
    expect(after.isConnected).toBe(false);
    expect(after.lastDisconnectTime).toMatch(/\.\d{3}Z$/);
    expect(watcher.texts.size).toBe(0);
    watcher.close();
  });

  it('answers the pings of the Node library and of Arduino boards with their own text', async () => {
    const device = await factory.device(projectId, homeId);
    const socket = await openSocket(url, commandPath(device.id), { token: device.apiKey });
    const text = `ts=${Date.now()}`;
    expect(await socket.ping(text)).toBe(text);
    expect(await socket.ping()).toBe('');
    socket.webSocket.send('what a client says is ignored');
    socket.webSocket.send(randomBytes(10));
    expect(await socket.ping('still there')).toBe('still there');
  });

  it('ends the oldest of six connections', async () => {
    const device = await factory.device(projectId, homeId);
    const sockets = [];
    for (let count = 0; count < 6; count += 1) {
      sockets.push(await openSocket(url, commandPath(device.id), { token: device.apiKey }));
    }
    expect(await sockets[0]?.closed).toEqual({ code: 1008, reason: 'replaced' });
    await command(device.id, '{"action":"who"}');
    for (const socket of sockets.slice(1)) expect(await socket.texts.next()).toBe('{"action":"who"}');
    expect((await get(device.id)).isConnected).toBe(true);
  });

  it('offers neither compression nor a subprotocol', async () => {
    const device = await factory.device(projectId, homeId);
    const upgraded = new Promise<IncomingHttpHeaders>((resolve, reject) => {
      const asked = request(`${url}${commandPath(device.id)}`, {
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': randomBytes(16).toString('base64'),
          'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
          'sec-websocket-protocol': 'chat, mqtt',
          origin: 'http://somewhere.else/',
          authorization: `modecloud ${device.apiKey}`,
        },
      });
      asked.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response.headers);
      });
      asked.on('response', ({ statusCode }) => reject(new Error(`answered ${statusCode}`)));
      asked.on('error', reject);
      asked.end();
    });
    const headers = await upgraded;
    expect(headers).not.toHaveProperty('sec-websocket-protocol');
    expect(headers).not.toHaveProperty('sec-websocket-extensions');
    // Its going is told to the home as well, and must not be taken for what the next test tells.
    await until(async () => !(await get(device.id)).isConnected);
  });
});

describe('WebSocket of a person', () => {
  it('takes the raw token of the web app and brings events with every outgoing field', async () => {
    const device = await factory.device(projectId, homeId);
    const sockets = [
      await openSocket(url, `${eventsPath}?authToken=${person.token}`, { origin: 'http://app.example/' }),
      await openSocket(url, `${eventsPath}?authToken=${encodeURIComponent(person.token)}`),
    ];
    const reply = await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      headers: { 'content-type': 'application/json' },
      body: '{"eventType":"reading","eventData":{"big":9007199254740993,"list":[1.0,1e400]}}',
    });
    expect(reply.status).toBe(204);
    for (const socket of sockets) {
      const text = await socket.texts.next();
      expect(text).toContain('{"big":9007199254740993,"list":[1.0,1e400]}');
      expect(JSON.parse(text)).toMatchObject({
        eventType: 'reading',
        homeId,
        originDeviceId: device.id,
        originDeviceClass: 'smart_light',
        originDeviceIp: expect.any(String),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
      socket.close();
    }
  });

  it('follows the homes the person comes into and leaves, while it is open', async () => {
    const [owner, member] = [await factory.person(projectId), await factory.person(projectId)];
    const socket = await openSocket(url, eventsPath, { token: member.token });
    const created = await send(url, 'POST', '/homes', { token: member.token, body: { name: 'New' } });
    const own = await factory.device(projectId, created.body.id);
    await until(async () => {
      await tellEvent(own, 'own');
      return socket.texts.size > 0;
    });
    expect(JSON.parse(await socket.texts.next())).toMatchObject({
      eventType: 'own',
      homeId: created.body.id,
    });

    const shared = (await send(url, 'POST', '/homes', { token: owner.token, body: { name: 'Shared' } })).body;
    const device = await factory.device(projectId, shared.id);
    await tellEvent(device, 'before');
    const invited = await send(url, 'POST', `/homes/${shared.id}/members`, {
      token: owner.token,
      body: { email: member.user.email },
    });
    expect(invited.status).toBe(201);
    const heard: string[] = [];
    await until(async () => {
      await tellEvent(device, 'with');
      while (socket.texts.size > 0) heard.push(JSON.parse(await socket.texts.next()).eventType);
      return heard.includes('with');
    });
    expect(heard).not.toContain('before');

    const removed = await send(url, 'DELETE', `/homes/${shared.id}/members/${member.user.id}`, {
      token: owner.token,
    });
    expect(removed.status).toBe(204);
    await tellEvent(device, 'after');
    await tellEvent(own, 'last');
    for (;;) {
      const { eventType } = JSON.parse(await socket.texts.next());
      expect(eventType).not.toBe('after');
      if (eventType === 'last') break;
    }
  });

  it('brings the events of one home or device alone where that is asked for', async () => {
    const someone = await factory.person(projectId);
    const homes = [await factory.home(someone), await factory.home(someone)] as const;
    const [lamp, heater, other] = [
      await factory.device(projectId, homes[0].id),
      await factory.device(projectId, homes[0].id),
      await factory.device(projectId, homes[1].id),
    ];
    const strange = await factory.device(projectId, homeId);
    const listen = (query: string) => openSocket(url, `${eventsPath}?${query}`, { token: someone.token });
    const asked: [string, string[]][] = [
      [`homeId=${homes[0].id}`, ['lamp', 'heater', 'last']],
      [`deviceId=${heater.id}`, ['heater', 'last']],
      [`homeId=${homes[1].id}&deviceId=${other.id}`, ['other']],
      [`homeId=${homes[1].id}&deviceId=${lamp.id}`, []],
      // Whoever is in no such home hears nothing of it.
      [`deviceId=${strange.id}`, []],
      ['homeId=&deviceId=0', ['lamp', 'of no device', 'heater', 'other', 'last']],
    ];
    const sockets = await Promise.all(asked.map(([query]) => listen(query)));
    await tellEvent(strange, 'of a stranger');
    await tellEvent(lamp, 'lamp');
    await send(url, 'PUT', `/homes/${homes[1].id}/event`, {
      token: (await factory.projectKey(projectId, ['events'])).key,
      body: { eventType: 'of no device' },
    });
    await tellEvent(heater, 'heater');
    await tellEvent(other, 'other');
    await tellEvent(heater, 'last');
    for (const [index, [query, types]] of [...asked.entries()].reverse()) {
      const texts = (await sockets[index]?.texts.take(types.length)) ?? [];
      expect([query, texts.map((text) => JSON.parse(text).eventType)]).toEqual([query, types]);
      expect([query, sockets[index]?.texts.size]).toEqual([query, 0]);
    }
    for (const [query, reason] of [
      ['homeId=x', 'INVALID_HOME_ID'],
      ['deviceId=-1', 'INVALID_DEVICE_ID'],
    ] as const) {
      const refused = await refusalOf(url, `${eventsPath}?${query}`, { token: someone.token });
      expect([refused.status, JSON.parse(refused.body).reason]).toEqual([403, reason]);
    }
  });

  it('closes when the session ends, and no other', async () => {
    const someone = await factory.person(projectId);
    const other = await factory.session(someone);
    const socket = await openSocket(url, eventsPath, { token: someone.token });
    const stays = await openSocket(url, eventsPath, { token: other.token });
    await send(url, 'DELETE', '/userSession', {
      token: someone.token,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await socket.closed).toEqual({ code: 1008, reason: 'revoked' });
    expect(await stays.ping('here')).toBe('here');
    expect((await refusalOf(url, eventsPath, { token: someone.token })).status).toBe(401);
  });

  it('keeps ten a person and closes the oldest', async () => {
    const someone = await factory.person(projectId);
    const sockets = [];
    for (let count = 0; count < 11; count += 1) {
      sockets.push(await openSocket(url, eventsPath, { token: someone.token }));
    }
    expect((await sockets[0]?.closed)?.code).toBe(1008);
    expect(await sockets[10]?.ping('newest')).toBe('newest');
  });

  it('cuts a client off that never reads', async () => {
    const someone = await factory.person(projectId);
    const home = await factory.home(someone);
    const socket = await openSocket(url, eventsPath, { token: someone.token });
    socket.webSocket.pause();
    const key = await factory.projectKey(projectId, ['events']);
    const filling = 'x'.repeat(500_000);
    let isClosed = false;
    void socket.closed.then(() => {
      isClosed = true;
    });
    // The kernel's own buffers take some first.
    for (let count = 0; count < 60 && !isClosed; count += 1) {
      const reply = await send(url, 'PUT', `/homes/${home.id}/event`, {
        token: key.key,
        body: { eventType: 'big', eventData: { filling } },
      });
      expect(reply.status).toBe(204);
    }
    socket.webSocket.resume();
    expect((await socket.closed).code).toBe(1006);
  });
});
