import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceConnections } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory, type Person } from '@/server/testing/factories';
import {
  connectDevice,
  endPeersAfterwards,
  publishPacket,
  subscribePacket,
} from '@/server/testing/mqtt-peer';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';
import { closeSocketsAfterwards, openSocket } from '@/server/testing/web-socket';

let system: System;
let factory: Factory;
let person: Person;
let device: { id: number; apiKey: string };
endPeersAfterwards();
closeSocketsAfterwards();
beforeAll(async () => {
  system = await startSystem();
  factory = makeFactory(system);
  person = await factory.person((await factory.project()).id);
  device = await factory.device(person.user.projectId, (await factory.home(person)).id);
});
afterAll(async () => {
  await factory.end();
  await system.stop();
});

const isConnected = async () =>
  (await send(system.url, 'GET', `/devices/${device.id}`, { token: person.token })).body.isConnected;
const listenAsApp = () => openSocket(system.url, '/userSession/websocket', { token: person.token });
const commandTopic = () => `/devices/${device.id}/command`;
const eventTopic = () => `/devices/${device.id}/event`;

async function listenByMqtt() {
  const peer = await connectDevice(system.mqttUrl, device);
  peer.send(subscribePacket([commandTopic()]));
  expect(await peer.next()).toMatchObject({ cmd: 'suback', granted: [0] });
  return peer;
}

it('the channels of a node that died are closed by the bridge, and the home is told', async () => {
  const app = await listenAsApp();
  const socket = await openSocket(system.url, commandTopic(), { token: device.apiKey });
  expect(JSON.parse(await app.texts.next()).eventType).toBe('_deviceConnected_');
  const { db } = factory.deps;
  const past = new Date(Date.now() - 60_000);
  await db.insert(deviceConnections).values({
    id: randomUUID(),
    deviceId: device.id,
    node: 'dead',
    openedAt: past,
    leasedUntil: past,
  });
  socket.close();
  await socket.closed;
  expect(JSON.parse(await app.texts.next()).eventType).toBe('_deviceDisconnected_');
  expect(await db.select().from(deviceConnections).where(eq(deviceConnections.deviceId, device.id))).toEqual(
    [],
  );
  expect(await isConnected()).toBe(false);
  app.close();
});

it('a gateway that stops says so and leaves nobody connected', async () => {
  const socket = await openSocket(system.url, commandTopic(), { token: device.apiKey });
  const app = await listenAsApp();
  expect(await isConnected()).toBe(true);
  await system.gateway.stop();
  expect((await socket.closed).code).toBe(1001);
  expect((await app.closed).code).toBe(1001);
  await system.gateway.start();
  expect(await isConnected()).toBe(false);
});

it('a broker that was away serves devices and carries commands and events again', async () => {
  const before = await listenByMqtt();
  const socket = await openSocket(system.url, commandTopic(), { token: device.apiKey });
  const app = await listenAsApp();
  await system.broker.stop();
  await before.closed;
  await system.broker.start();
  await until(async () => (await send(system.url, 'GET', '/readyz')).body.checks.broker === true);
  const after = await listenByMqtt();
  await until(async () => {
    await send(system.url, 'PUT', commandTopic(), { token: person.token, body: { action: 'again' } });
    return after.packets.size > 0 && socket.texts.size > 0;
  });
  after.send(publishPacket(eventTopic(), '{"eventType":"back"}', 1));
  for (;;) {
    const { eventType } = JSON.parse(await app.texts.next());
    if (eventType === 'back') break;
  }
  after.end();
  socket.close();
  app.close();
});

it('an event is acknowledged when the database that was away has it, not before', async () => {
  const peer = await connectDevice(system.mqttUrl, device);
  await system.postgres.stop();
  peer.send(publishPacket(eventTopic(), '{"eventType":"late"}', 1), { cmd: 'pingreq' });
  expect((await peer.next()).cmd).toBe('pingresp');
  expect(peer.packets.size).toBe(0);
  await system.postgres.start();
  const answer = await peer.next();
  expect(answer).toMatchObject({ cmd: 'puback', messageId: 1 });
  const listed = await until(async () => {
    const reply = await send(system.url, 'GET', `/devices/${device.id}/events?type=late`, {
      token: person.token,
    });
    return reply.status === 200 && reply.body.items;
  });
  expect(listed).toHaveLength(1);
});
