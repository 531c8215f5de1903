import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bridgeLocks } from '@/server/main/terms';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { connectWire, type Wire } from '@/server/testing/mqtt-wire';
import { settled } from '@/server/testing/settled';
import { type SharingBroker, startSharingBroker } from '@/server/testing/sharing-broker';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

let foreign: SharingBroker;
let system: System;
let factory: Factory;
let wire: Wire;
let thing: string;

beforeAll(async () => {
  foreign = await startSharingBroker();
  system = await startSystem({ MQTT_URL: foreign.url });
  factory = makeFactory({ ...system, mqttUrl: foreign.url });
  const home = await factory.home(await factory.person((await factory.project()).id));
  thing = (await factory.lock(home.id)).thing;
  wire = await connectWire(foreign.url, { clientId: thing });
  await wire.subscribe(`$aws/things/${thing}/shadow/name/+/+/+`);
  await system.standby.start();
}, 120_000);
afterAll(async () => {
  await wire?.end();
  await factory?.end();
  await system?.stop();
  await foreign?.stop();
}, 60_000);

const topic = (name: string, rest: string) => `$aws/things/${thing}/shadow/name/${name}/${rest}`;

/** Bridges that hold the answering lock, by how they hold it. */
async function holders(): Promise<string[]> {
  const sql = postgres(system.databaseUrl, { max: 1, onnotice: () => {} });
  const rows = await sql<{ mode: string }[]>`
    select mode from pg_locks where locktype = 'advisory' and granted
    and (classid::bigint << 32) + objid::bigint = ${bridgeLocks.answering} order by mode`;
  await sql.end();
  return rows.map(({ mode }) => mode);
}

/** Sends updates in rounds of ten and returns the versions in the answers, by token. */
async function updates(name: string, rounds: number): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const tokens = Array.from({ length: 10 }, () => randomUUID());
    for (const clientToken of tokens)
      wire.shout(topic(name, 'update'), { state: { reported: { round } }, clientToken });
    for (const _ of tokens) {
      const { body } = await wire.next((message) => message.topic === topic(name, 'update/accepted'));
      expect(versions.has(body.clientToken)).toBe(false);
      versions.set(body.clientToken, body.version);
    }
  }
  return versions;
}
const upTo = (most: number, from = 1) => Array.from({ length: most }, (_, n) => n + from);
const ordered = (versions: Map<string, number>) => [...versions.values()].sort((a, b) => a - b);

it('device-shadow 8: bridges share the requests; each is answered once, and versions stay dense', async () => {
  expect(await holders()).toEqual(['ShareLock', 'ShareLock']);
  expect(ordered(await updates('shared', 20))).toEqual(upTo(200));
  // A second answer to any of them would stand before this one.
  await wire.publish(topic('fence', 'get'), { clientToken: 'fence' });
  await wire.next(({ body }) => body.clientToken === 'fence');
  expect(wire.pending.filter(({ topic: at }) => at === topic('shared', 'update/accepted'))).toEqual([]);
  const documents = wire.pending.filter(({ topic: at }) => at === topic('shared', 'update/documents'));
  expect(documents.map(({ body }) => body.current.version).sort((a, b) => a - b)).toEqual(upTo(200));
  // Both had their part of it.
  expect([...foreign.deliveries.values()].filter((count) => count > 50)).toHaveLength(2);
});

it('a bridge that leaves and one that comes lose no request and answer none twice', async () => {
  let isDone = false;
  const changes = (async () => {
    for (let turn = 0; turn < 3 && !isDone; turn += 1) {
      await system.standby.stop();
      await system.standby.start();
    }
  })();
  const versions = await updates('changing', 40);
  isDone = true;
  await changes;
  expect(ordered(versions)).toEqual(upTo(400));
  expect(await holders()).toEqual(['ShareLock', 'ShareLock']);
});

it('the leader goes, and the rest of the work goes on with the other: an opening comes to its end', async () => {
  const person = await factory.person((await factory.project()).id);
  const home = await factory.home(person);
  const lock = await factory.lock(home.id);
  const door = await factory.virtualLock(lock);
  const open = () =>
    send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token, body: {} });
  const ends = async (confirmed: number) =>
    until(async () => {
      const rows = await factory.openings(lock.id);
      return (
        rows.filter((row) => row.status === 'confirmed' && row.withdrawnAt !== null).length === confirmed
      );
    });
  expect((await open()).status).toBe(200);
  await ends(1);
  await system.bridge.stop();
  expect(await holders()).toEqual(['ShareLock']);
  expect((await open()).status).toBe(200);
  await ends(2);
  // Expiry is the leader's: with nobody at the door the other bridge must lead now.
  await door.stop();
  expect((await open()).status).toBe(200);
  await until(async () => {
    const rows = await factory.openings(lock.id);
    return (
      rows.length === 3 && rows.every((row) => row.withdrawnAt !== null) && rows[2]?.status === 'expired'
    );
  });
  await system.bridge.start();
});

it('an unknown thing on a foreign broker is told 404, and nothing is written', async () => {
  const unknown = '$aws/things/nobody/shadow';
  await wire.subscribe(`${unknown}/+/+`);
  await wire.publish(`${unknown}/update`, { state: { desired: { a: 1 } }, clientToken: 'u' });
  expect((await wire.next(({ body }) => body.clientToken === 'u')).body).toMatchObject({
    code: 404,
    message: 'Thing not found',
  });
});

it('a broker that refuses one topic keeps one door shut and says so, and nothing of it fires when the rule is gone', async () => {
  const kim = await factory.person((await factory.project()).id);
  const home = await factory.home(kim);
  const [shut, fine] = [await factory.lock(home.id), await factory.lock(home.id, 'Back door')];
  const virtual = await factory.virtualLock(shut);
  const other = await factory.virtualLock(fine);
  const open = (lock: typeof shut, requestId: string) =>
    send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token, body: { requestId } });
  const request = `$aws/things/${shut.thing}/shadow/update`;
  foreign.refused.add(request);
  const [refused, opened] = await Promise.all([open(shut, 'one'), open(fine, 'one')]);
  expect([refused.status, refused.body.message]).toEqual([502, 'Failed to update device shadow']);
  expect(opened.status).toBe(200);
  await settled(system.url, kim.token, fine.id, 'confirmed');
  await settled(system.url, kim.token, shut.id, 'expired');
  foreign.refused.delete(request);
  expect((await open(shut, 'two')).status).toBe(200);
  await settled(system.url, kim.token, shut.id, 'confirmed');
  expect(virtual.actuations).toBe(1);
  const info = await send(system.url, 'GET', `/locks/${shut.id}/basic-info`, { token: kim.token });
  expect(info.body.version).toBe(2);
  await Promise.all([virtual.stop(), other.stop()]);
});
