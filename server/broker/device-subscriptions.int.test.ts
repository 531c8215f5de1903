import { connect as connectTcp } from 'node:net';
import { generate, parser } from 'mqtt-packet';
import { describe, expect, inject, it } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';
import { createProject } from '@/server/services/projects/create-project';
import { send } from '@/server/testing/api-client';
import { commandTopic, deviceHome, eventTopic, kvTopic, nextMessage } from '@/server/testing/device-home';
import { ground } from '@/server/testing/ground';
import {
  connectDevice,
  connectPacket,
  endPeersAfterwards,
  type MqttPeer,
  peerOver,
  subscribePacket,
} from '@/server/testing/mqtt-peer';
import { until } from '@/server/testing/until';
import { closeSocketsAfterwards, openSocket } from '@/server/testing/web-socket';

const factory = ground();
const home = deviceHome(factory);
endPeersAfterwards();
closeSocketsAfterwards();
const [url, mqttUrl] = [inject('url'), inject('mqttUrl')];

describe('subscriptions of a device', () => {
  it('get one SUBACK with a code for each topic in order before anything else, at QoS 0', async () => {
    const [device, other] = [await home.device(), await home.device()];
    const peer = await connectDevice(mqttUrl, device);
    const topics = [commandTopic(device), kvTopic(device)];
    peer.send(subscribePacket(topics, 1, 9));
    expect(await peer.next()).toMatchObject({ cmd: 'suback', messageId: 9, granted: [0, 0] });
    expect(await nextMessage(peer)).toEqual({
      topic: kvTopic(device),
      qos: 0,
      text: '{"action":"reload","rev":0,"numItems":0,"items":[]}',
    });
    const strange = [
      commandTopic(other),
      kvTopic(other),
      '/devices/+/command',
      '#',
      '$SYS/#',
      '$share/g/x',
      eventTopic(device),
      `${commandTopic(device)}/more`,
      commandTopic(device),
      commandTopic(device),
    ];
    peer.send(subscribePacket(strange, 2, 10));
    const codes = [...Array(8).fill(0x80), 0, 0];
    expect(await peer.next()).toMatchObject({ cmd: 'suback', messageId: 10, granted: codes });
    const bulk = ['photo/response', '+/response', 'photo', 'a/b/response'].map(
      (rest) => `/devices/${device.id}/bulkData/${rest}`,
    );
    peer.send(subscribePacket([...bulk, `/devices/${other.id}/bulkData/photo/response`], 0, 11));
    expect(await peer.next()).toMatchObject({
      cmd: 'suback',
      messageId: 11,
      granted: [0, 0x80, 0x80, 0x80, 0x80],
    });
  });

  it('bring commands as written, in order, and no more after UNSUBSCRIBE', async () => {
    const device = await home.device();
    const peer = await connectDevice(mqttUrl, device);
    peer.send(subscribePacket([commandTopic(device)]));
    expect(await peer.next()).toMatchObject({ cmd: 'suback' });
    expect((await home.get(device.id)).isConnected).toBe(true);
    const written = ['{"action":"a","parameters":{"big":9007199254740993}}', '{"action":"b"}'];
    for (const text of written) expect((await home.command(device.id, text)).status).toBe(204);
    for (const text of written) {
      expect(await nextMessage(peer)).toEqual({ topic: commandTopic(device), qos: 0, text });
    }
    peer.send({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: [commandTopic(device)] });
    expect(await peer.next()).toMatchObject({ cmd: 'unsuback', messageId: 5 });
    await until(async () => (await home.get(device.id)).isConnected === false);
    await home.command(device.id, '{"action":"unheard"}');
    peer.send({ cmd: 'pingreq' });
    expect((await peer.next()).cmd).toBe('pingresp');
  });

  it('count as connections: the sixth ends the oldest, WebSockets among them', async () => {
    const device = await home.device();
    const webSocket = await openSocket(url, commandTopic(device), { token: device.apiKey });
    const peers: MqttPeer[] = [];
    for (let count = 0; count < 5; count += 1) {
      const peer = await connectDevice(mqttUrl, device);
      peer.send(subscribePacket([commandTopic(device)]));
      expect((await peer.next()).cmd).toBe('suback');
      peers.push(peer);
    }
    expect((await webSocket.closed).code).toBe(1008);
    const last = await openSocket(url, commandTopic(device), { token: device.apiKey });
    await peers[0]?.closed;
    await home.command(device.id, '{"action":"who"}');
    expect(await last.texts.next()).toBe('{"action":"who"}');
    for (const peer of peers.slice(1)) expect((await nextMessage(peer)).text).toBe('{"action":"who"}');
    for (const peer of peers) peer.send({ cmd: 'disconnect' });
    last.close();
    await until(async () => (await home.get(device.id)).isConnected === false);
  });

  it('end when the key of the device is revoked', async () => {
    const project = await createProject(factory.deps, {
      name: 'On demand',
      accountType: 'email',
      provisioning: 'on-demand',
    });
    const owner = await factory.person(project.id);
    const place = await factory.home(owner);
    await factory.deviceClass(project.id);
    const { token } = (
      await send(url, 'POST', `/homes/${place.id}/deviceProvisioning`, {
        token: owner.token,
        body: { deviceClass: 'smart_light' },
      })
    ).body;
    const device = (await send(url, 'POST', '/devices', { body: { token } })).body;
    const peer = await connectDevice(mqttUrl, device);
    const publisher = await connectDevice(mqttUrl, device);
    peer.send(subscribePacket([commandTopic(device)]));
    await peer.next();
    const socket = await openSocket(url, commandTopic(device), { token: device.apiKey });
    expect((await send(url, 'DELETE', `/devices/${device.id}`, { token: owner.token })).status).toBe(204);
    expect(await socket.closed).toEqual({ code: 1008, reason: 'revoked' });
    await Promise.all([peer.closed, publisher.closed]);
  });
});

describe('MQTT over WebSocket', () => {
  it('is served at / and /mqtt, with a subprotocol and without', async () => {
    const device = await home.device();
    for (const [path, protocols] of [
      ['/', []],
      ['/', ['mqtt']],
      ['/mqtt', []],
      ['/mqtt', ['mqtt']],
    ] as const) {
      const webSocket = new WebSocket(`${mqttUrl.replace(/^mqtt/, 'ws')}${path}`, [...protocols]);
      const peer = peerOver(createWebSocketStream(webSocket));
      peer.send(connectPacket(device), subscribePacket([commandTopic(device)]));
      expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 0 });
      expect(await peer.next()).toMatchObject({ cmd: 'suback', granted: [0] });
      expect(webSocket.protocol).toBe(protocols[0] ?? '');
      await home.command(device.id, '{"action":"hello"}');
      expect((await nextMessage(peer)).text).toBe('{"action":"hello"}');
      peer.end();
    }
  });

  it('sends what is long in messages that each fit the buffer of the Go library', async () => {
    const device = await home.device();
    const webSocket = new WebSocket(`${mqttUrl.replace(/^mqtt/, 'ws')}/`);
    const sizes: number[] = [];
    webSocket.on('message', (message: Buffer) => sizes.push(message.length));
    const peer = peerOver(createWebSocketStream(webSocket));
    peer.send(connectPacket(device), subscribePacket([commandTopic(device)]));
    await peer.next();
    await peer.next();
    const command = JSON.stringify({ action: 'fill', parameters: { filling: 'x'.repeat(20_000) } });
    await home.command(device.id, command);
    expect((await nextMessage(peer)).text).toBe(command);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4_096 - 5);
    peer.end();
  });
});

it('a device that never reads is cut off', async () => {
  const device = await home.device();
  const { hostname, port } = new URL(mqttUrl);
  const socket = connectTcp(Number(port), hostname);
  const reader = parser();
  const suback = new Promise<void>((resolve) => {
    reader.on('packet', ({ cmd }) => {
      if (cmd === 'suback') resolve();
    });
  });
  socket.on('data', (chunk) => reader.parse(chunk));
  socket.write(
    Buffer.concat([generate(connectPacket(device)), generate(subscribePacket([commandTopic(device)]))]),
  );
  await suback;
  socket.pause();
  const fill = { action: 'fill', parameters: { filling: 'x'.repeat(50_000) } };
  // The kernel's own buffers take some first.
  for (let round = 0; round < 40 && (await home.get(device.id)).isConnected; round += 1) {
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const reply = await send(url, 'PUT', commandTopic(device), { token: home.person.token, body: fill });
        expect(reply.status).toBe(204);
      }),
    );
  }
  await until(async () => (await home.get(device.id)).isConnected === false);
  socket.destroy();
});
