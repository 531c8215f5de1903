import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { locks } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { type AwsStandIn, startAwsStandIn } from '@/server/testing/aws-stand-in';
import { type Factory, makeFactory, type Person } from '@/server/testing/factories';
import { connectWire } from '@/server/testing/mqtt-wire';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

let aws: AwsStandIn;
let system: System;
let factory: Factory;
let person: Person;
let home: Awaited<ReturnType<Factory['home']>>;

beforeAll(async () => {
  aws = await startAwsStandIn();
  system = await startSystem({ MQTT_URL: aws.url, SHADOW_SERVICE: 'aws' });
  factory = makeFactory({ ...system, mqttUrl: aws.url });
  person = await factory.person((await factory.project()).id);
  home = await factory.home(person);
}, 120_000);
afterAll(async () => {
  await factory?.end();
  await system?.stop();
  await aws?.stop();
}, 60_000);
afterEach(() => {
  aws.copies = 1;
  expect(aws.violations).toEqual([]);
});

const open = (lockId: number) =>
  send(system.url, 'POST', `/locks/${lockId}/OpenLock`, { token: person.token, body: {} });
const rowOf = async (lockId: number) =>
  (await factory.deps.db.select().from(locks).where(eq(locks.id, lockId)))[0];
const becomes = (lockId: number, fits: (row: typeof locks.$inferSelect) => boolean) =>
  until(async () => {
    const row = await rowOf(lockId);
    return row !== undefined && fits(row);
  });
/** The one opening of a lock, when its command has been taken back. */
const over = (lockId: number) =>
  until(async () => {
    const [opening] = await factory.openings(lockId);
    return opening?.withdrawnAt ? opening : undefined;
  });
const commandIn = (thing: string) => aws.shadow(thing)?.state.desired?.command;

it.each([1, 10])(
  'AWS mode: an opening travels to confirmed though every document comes %i times, and the command is withdrawn',
  async (copies) => {
    aws.copies = copies;
    const lock = await factory.lock(home.id);
    const door = await factory.virtualLock(lock);
    expect((await open(lock.id)).status).toBe(200);
    expect(await over(lock.id)).toMatchObject({ status: 'confirmed', lateReport: false });
    expect(commandIn(lock.thing)).toBeUndefined();
    expect(door.actuations).toBe(1);
    await becomes(lock.id, (row) => row.bolt === 'unlocked');
    const { body } = await send(system.url, 'GET', `/locks/${lock.id}/events`, { token: person.token });
    expect(body.totalEvents).toBe(2);
    await door.stop();
  },
);

it('AWS mode: what nobody takes expires, and is withdrawn by a request like any client would send it', async () => {
  const lock = await factory.lock(home.id);
  expect((await open(lock.id)).status).toBe(200);
  expect(commandIn(lock.thing)).toMatchObject({ type: 'unlock' });
  expect(await over(lock.id)).toMatchObject({ status: 'expired' });
  expect(commandIn(lock.thing)).toBeUndefined();
});

it('AWS mode: what was reported while no bridge listened is read from the shadow', async () => {
  const lock = await factory.lock(home.id);
  const wire = await connectWire(aws.url, { clientId: lock.thing });
  await system.bridge.stop();
  await wire.publish(`$aws/things/${lock.thing}/shadow/update`, {
    state: { reported: { lockState: 'LOCKED' } },
  });
  await system.bridge.start();
  await becomes(lock.id, (row) => row.bolt === 'locked');
  await wire.end();
});

it('AWS mode: presence is followed through doubled and disordered events and reasons nobody has heard of', async () => {
  const lock = await factory.lock(home.id);
  aws.tellPresence('connected', lock.thing, 5);
  await becomes(lock.id, (row) => row.reachable === true);
  aws.tellPresence('disconnected', lock.thing, 4, 'CONNECTION_LOST');
  aws.tellPresence('disconnected', lock.thing, 7, 'A_REASON_OF_NEXT_YEAR');
  aws.tellPresence('disconnected', lock.thing, 7, 'A_REASON_OF_NEXT_YEAR');
  // The connect of that same connection comes after its end.
  aws.tellPresence('connected', lock.thing, 7);
  await becomes(lock.id, (row) => row.reachable === false);
  aws.tellPresence('connected', lock.thing, 8);
  await becomes(lock.id, (row) => row.reachable === true);
});

it('AWS mode: an app that uses the name of a thing beside it and leaves does not take it along', async () => {
  const [lock, other] = [await factory.lock(home.id), await factory.lock(home.id)];
  for (const clientId of [lock.thing, `${lock.thing}:app`, other.thing])
    aws.tellPresence('connected', clientId, 1);
  await becomes(other.id, (row) => row.reachable === true);
  await becomes(lock.id, (row) => row.reachable === true);
  aws.tellPresence('disconnected', `${lock.thing}:app`, 1, 'CLIENT_INITIATED_DISCONNECT');
  // Told later, it counts later.
  aws.tellPresence('disconnected', other.thing, 1, 'CLIENT_INITIATED_DISCONNECT');
  await becomes(other.id, (row) => row.reachable === false);
  await becomes(lock.id, (row) => row.reachable === true);
  aws.tellPresence('disconnected', lock.thing, 1, 'CLIENT_INITIATED_DISCONNECT');
  await becomes(lock.id, (row) => row.reachable === false);
});

it('AWS mode: the data plane passes requests on, and says that it cannot list', async () => {
  const lock = await factory.lock(home.id);
  const orgKey = { apiKey: (await factory.orgKey(person.user.projectId)).key };
  for (const query of ['', '?name=porch']) {
    const at = `/things/${lock.thing}/shadow${query}`;
    expect((await send(system.url, 'GET', at, orgKey)).status).toBe(404);
    const body = { state: { reported: { a: 1 } } };
    const updated = await send(system.url, 'POST', at, { ...orgKey, body });
    expect(updated).toMatchObject({ status: 200, body: { ...body, version: 1 } });
    expect(updated.body).not.toHaveProperty('clientToken');
    const named = await send(system.url, 'POST', at, { ...orgKey, body: { ...body, clientToken: 'mine' } });
    expect(named.body).toMatchObject({ version: 2, clientToken: 'mine' });
    const stale = await send(system.url, 'POST', at, { ...orgKey, body: { ...body, version: 1 } });
    expect({ status: stale.status, type: stale.headers.get('x-amzn-errortype') }).toEqual({
      status: 409,
      type: 'ConflictException',
    });
    expect((await send(system.url, 'DELETE', at, orgKey)).body).toMatchObject({ version: 2 });
  }
  const list = await send(
    system.url,
    'GET',
    `/api/things/shadow/ListNamedShadowsForThing/${lock.thing}`,
    orgKey,
  );
  expect(list.status).toBe(503);
});
