import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { hubs, locks, shadows, things } from '@/drizzle/schema';
import { createLock } from '@/server/services/locks/create-lock';
import { ground } from '@/server/testing/ground';
import { connectService, type Wire } from '@/server/testing/mqtt-wire';

const factory = ground();
let wire: Wire;
let projectId: number;
let homeId: number;
beforeAll(async () => {
  wire = await connectService(inject('mqttUrl'), factory);
  const person = await factory.person((await factory.project()).id);
  projectId = person.user.projectId;
  homeId = (await factory.home(person)).id;
});
afterAll(() => wire.end());

const requests = [
  ['get', {}],
  ['update', { state: { desired: { a: 1 } } }],
  ['delete', {}],
] as const;

/** What each of the three requests is answered, in order. */
async function askAll(thing: string): Promise<{ at: string; code?: number; message?: string }[]> {
  const prefix = `$aws/things/${thing}/shadow`;
  await wire.subscribe(...requests.map(([request]) => `${prefix}/${request}/+`));
  const told = [];
  for (const [request, body] of requests) {
    const clientToken = randomUUID();
    await wire.publish(`${prefix}/${request}`, { ...body, clientToken });
    const answer = await wire.next(
      (message) => message.body.clientToken === clientToken && !message.topic.endsWith('delta'),
    );
    told.push({
      at: answer.topic.slice(prefix.length),
      code: answer.body.code,
      message: answer.body.message,
    });
  }
  return told;
}
const allRefused = (code: number, message: string) =>
  requests.map(([request]) => ({ at: `/${request}/rejected`, code, message }));
const rowsOf = (thing: string) => factory.deps.db.select().from(shadows).where(eq(shadows.thing, thing));

it('device-shadow 6: a thing that nobody registered is 404 to every request, and nothing is written', async () => {
  for (const thing of [`lock-${randomUUID()}`, 'device-900000000000001', 'device-x', 'anything']) {
    expect(await askAll(thing)).toEqual(allRefused(404, 'Thing not found'));
    expect(await rowsOf(thing)).toEqual([]);
  }
});

it('device-shadow 6: a revoked thing is 403 to every request, whoever sends it, and what was there stays', async () => {
  const lock = await factory.lock(homeId);
  await askAll(lock.thing);
  const before = await rowsOf(lock.thing);
  await factory.deps.db.update(things).set({ revokedAt: new Date() }).where(eq(things.name, lock.thing));
  expect(await askAll(lock.thing)).toEqual(allRefused(403, 'Forbidden'));
  expect(await rowsOf(lock.thing)).toEqual(before);
});

it('device-shadow 6: what stands behind a suspended hub is 403 to every request, and served again when it is resumed', async () => {
  const hub = await factory.hub({ id: homeId, projectId });
  const lock = await createLock(factory.deps, { homeId, hubId: hub.id, name: 'Front door' });
  await askAll(lock.thing);
  const before = await rowsOf(lock.thing);
  const set = (status: 'suspended' | 'claimed') =>
    factory.deps.db.update(hubs).set({ status }).where(eq(hubs.id, hub.id));
  await set('suspended');
  for (const thing of [hub.thing, lock.thing])
    expect(await askAll(thing)).toEqual(allRefused(403, 'Forbidden'));
  expect(await rowsOf(lock.thing)).toEqual(before);
  await set('claimed');
  expect((await askAll(lock.thing))[1]).toMatchObject({ at: '/update/accepted' });
});

it('the shadow of a MODE device is there as long as the device is', async () => {
  const device = await factory.device(projectId, homeId);
  const told = await askAll(`device-${device.id}`);
  expect(told.map(({ at }) => at)).toEqual(['/get/rejected', '/update/accepted', '/delete/accepted']);
  expect(told[0]).toMatchObject({ code: 404, message: `No shadow exists with name: 'device-${device.id}'` });
});

it('device-shadow 5: asking for what never was, and deleting it, writes nothing', async () => {
  const lock = await factory.lock(homeId);
  const prefix = `$aws/things/${lock.thing}/shadow`;
  await wire.subscribe(`${prefix}/+/rejected`);
  for (const request of ['get', 'delete']) {
    await wire.publish(`${prefix}/${request}`, '');
    await wire.next(({ topic }) => topic === `${prefix}/${request}/rejected`);
  }
  expect(await rowsOf(lock.thing)).toEqual([]);
});

it('a report with what PostgreSQL cannot keep is stored as it came, and the door lives on', async () => {
  const lock = await factory.lock(homeId);
  const prefix = `$aws/things/${lock.thing}/shadow`;
  await wire.subscribe(`${prefix}/update/+`);
  const error = '\u0000\ud800 jam';
  await wire.publish(`${prefix}/update`, {
    state: { reported: { lockState: 'JAMMED', command: { id: randomUUID(), state: 'failed', error } } },
    clientToken: 'poison',
  });
  const told = await wire.next(
    ({ topic, body }) => topic.endsWith('/accepted') && body.clientToken === 'poison',
  );
  expect(told.body.state.reported.command.error).toBe(error);
  const [row] = await factory.deps.db
    .select()
    .from(locks)
    .where(and(eq(locks.id, lock.id), eq(locks.bolt, 'jammed')));
  expect(row).toBeDefined();
});
