import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { connectWire, type Wire } from '@/server/testing/mqtt-wire';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';
import { type OpenMosquitto, startOpenMosquitto } from './open-mosquitto';

let mosquitto: OpenMosquitto;
let system: System;
let factory: Factory;
let wire: Wire;
let thing: string;

beforeAll(async () => {
  mosquitto = await startOpenMosquitto();
  system = await startSystem({ MQTT_URL: mosquitto.url });
  factory = makeFactory({ ...system, mqttUrl: mosquitto.url });
  const home = await factory.home(await factory.person((await factory.project()).id));
  thing = (await factory.lock(home.id)).thing;
  wire = await connectWire(mosquitto.url, { clientId: thing });
  await wire.subscribe(`$aws/things/${thing}/shadow/name/+/+/+`);
}, 120_000);
afterAll(async () => {
  await wire?.end();
  await factory?.end();
  await system?.stop();
  await mosquitto?.stop();
}, 60_000);

const topic = (name: string, rest: string) => `$aws/things/${thing}/shadow/name/${name}/${rest}`;

/** Sends updates in rounds of ten and returns the versions in the answers, in order. */
async function updates(name: string, rounds: number): Promise<number[]> {
  const versions = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const tokens = Array.from({ length: 10 }, () => randomUUID());
    for (const clientToken of tokens)
      wire.shout(topic(name, 'update'), { state: { reported: { a: round } }, clientToken });
    for (const _ of tokens) {
      const { body } = await wire.next((message) => message.topic === topic(name, 'update/accepted'));
      expect(versions.has(body.clientToken)).toBe(false);
      versions.set(body.clientToken, body.version);
    }
  }
  await wire.publish(topic('fence', 'get'), { clientToken: name });
  await wire.next(({ body }) => body.clientToken === name);
  expect(wire.pending.filter(({ topic: at }) => at === topic(name, 'update/accepted'))).toEqual([]);
  return [...versions.values()].sort((a, b) => a - b);
}
const upTo = (most: number) => Array.from({ length: most }, (_, n) => n + 1);

it('device-shadow 8: of two bridges at Mosquitto one answers, and the other takes over', async () => {
  const takingOver = system.standby.start();
  expect(await updates('first', 10)).toEqual(upTo(100));
  await system.bridge.stop();
  await takingOver;
  expect(await updates('second', 10)).toEqual(upTo(100));
  const takingBack = system.bridge.start();
  await system.standby.stop();
  await takingBack;
  expect(await updates('third', 10)).toEqual(upTo(100));
});

it('an opening travels over Mosquitto to its end, and one that nobody takes expires', async () => {
  const person = await factory.person((await factory.project()).id);
  const lock = await factory.lock((await factory.home(person)).id);
  const door = await factory.virtualLock(lock);
  const open = () =>
    send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token, body: {} });
  const stands = (...statuses: string[]) =>
    until(async () => {
      const rows = await factory.openings(lock.id);
      const told = rows.map(({ status, withdrawnAt }) => (withdrawnAt === null ? 'standing' : status));
      return told.join() === statuses.join();
    });
  expect((await open()).status).toBe(200);
  await stands('confirmed');
  await door.stop();
  expect((await open()).status).toBe(200);
  await stands('confirmed', 'expired');
});

it('device-shadow 6: an unknown thing is told 404 on a broker that lets it in, and nothing is written', async () => {
  const unknown = '$aws/things/nobody/shadow';
  await wire.subscribe(`${unknown}/+/+`);
  await wire.publish(`${unknown}/update`, { state: { desired: { a: 1 } }, clientToken: 'u' });
  expect((await wire.next(({ body }) => body.clientToken === 'u')).body).toMatchObject({
    code: 404,
    message: 'Thing not found',
  });
});
