import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainEvents, homeEvents, lockKeyCommands } from '@/drizzle/schema';
import { getShadow } from '@/server/services/shadows/get-shadow';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { settled } from '@/server/testing/settled';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

let system: System;
let factory: Factory;
beforeAll(async () => {
  system = await startSystem();
  factory = makeFactory(system);
});
afterAll(async () => {
  await factory.end();
  await system.stop();
});

async function doorOf() {
  const project = await factory.project();
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  const lock = await factory.lock(home.id);
  return { project, person, home, lock, org: { apiKey: (await factory.orgKey(project.id)).key } };
}
const desiredOf = async (thing: string): Promise<Record<string, unknown>> => {
  const answer = await getShadow(factory.deps, { thing, name: '' }, {});
  return answer.ok ? ((answer.accepted.state as { desired?: Record<string, unknown> }).desired ?? {}) : {};
};
const eventsOf = (lockId: number) =>
  factory.deps.db
    .select()
    .from(domainEvents)
    .where(and(eq(domainEvents.aggregateType, 'lock'), eq(domainEvents.aggregateId, String(lockId))))
    .orderBy(asc(domainEvents.version));

describe('bad luck at a lock', () => {
  it('a lock that is removed while it opens ends the opening once, and nothing moves later', async () => {
    const { person, home, lock } = await doorOf();
    const opened = await send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, {
      token: person.token,
      body: { requestId: 'r-1' },
    });
    expect(opened.status).toBe(200);
    expect((await desiredOf(lock.thing)).command).toMatchObject({ type: 'unlock' });
    const removed = await send(system.url, 'DELETE', `/locks/${lock.id}`, { token: person.token });
    expect(removed.body).toMatchObject({ version: 3, event: { type: 'LockRemoved' } });
    await until(async () => (await desiredOf(lock.thing)).command === undefined);
    const [opening, ...others] = await factory.openings(lock.id);
    expect(others).toEqual([]);
    expect(opening).toMatchObject({ status: 'failed', error: 'LOCK_REMOVED', lateReport: false });
    // One terminal outcome was told, and it stays when the expiry has passed.
    await until(async () => (opening?.expiresAt.getTime() ?? 0) < Date.now() - 500);
    const lines = await factory.deps.db
      .select()
      .from(homeEvents)
      .where(and(eq(homeEvents.homeId, home.id), eq(homeEvents.topic, 'opening')))
      .orderBy(asc(homeEvents.position));
    expect(lines.map(({ payload }) => (payload as { status: string }).status)).toEqual(['sent', 'failed']);
    expect((await factory.openings(lock.id))[0]).toMatchObject({ status: 'failed', error: 'LOCK_REMOVED' });
    expect((await eventsOf(lock.id)).map(({ type }) => type)).toEqual([
      'LockCreated',
      'LockOpenRequested',
      'LockRemoved',
    ]);
  });

  it('a removed lock loses its connection and hears nothing more', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    await send(system.url, 'DELETE', `/locks/${lock.id}`, { token: person.token });
    await until(async () => !virtual.snapshot.isConnected);
    expect(virtual.actuations).toBe(0);
    await virtual.stop();
  });

  it('a new owner while the door opens changes neither the opening nor who asked', async () => {
    const { project, person, lock, org } = await doorOf();
    const jo = await factory.person(project.id, 'Jo');
    const virtual = await factory.virtualLock(lock, { boltMs: 300 });
    const [opened, owned] = await Promise.all([
      send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token }),
      send(system.url, 'POST', `/locks/${lock.id}/SetOwner`, { ...org, body: { userId: jo.user.id } }),
    ]);
    expect([opened.status, owned.status]).toEqual([200, 200]);
    expect([opened.body.version, owned.body.version].sort()).toEqual([2, 3]);
    await settled(system.url, person.token, lock.id, 'confirmed');
    expect(virtual.actuations).toBe(1);
    const [opening] = await factory.openings(lock.id);
    expect(opening).toMatchObject({ principalId: String(person.user.id), status: 'confirmed' });
    await virtual.stop();
  });

  it('another device in the place of the lock does not open for what the former was asked', async () => {
    const { person, lock } = await doorOf();
    await send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token });
    const service = { apiKey: (await factory.orgKey()).key };
    const newUuid = randomUUID();
    const changed = await send(system.url, 'POST', `/locks/${lock.id}/ChangeLockUuid`, {
      ...service,
      body: { newUuid },
    });
    const virtual = await factory.virtualLock({
      ...lock,
      thing: changed.body.thing,
      mqtt: changed.body.mqtt,
    });
    await until(async () => (await desiredOf(lock.thing)).command === undefined);
    expect((await factory.openings(lock.id))[0]).toMatchObject({ status: 'failed', error: 'LOCK_CHANGED' });
    const again = await send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token });
    expect(again.body).toMatchObject({ version: 4, event: { data: { uuid: newUuid } } });
    await settled(system.url, person.token, lock.id, 'confirmed');
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('a key that cannot be told to the lock is 502, recorded nowhere, and can be sent again', async () => {
    const { lock, org } = await doorOf();
    const body = { keyUuid: randomUUID(), keyIndexNumber: 1 };
    const add = () => send(system.url, 'POST', `/locks/${lock.id}/AddKey`, { ...org, body });
    await system.broker.stop();
    const refused = await add();
    expect(refused.status).toBe(502);
    expect(refused.body).toEqual({
      success: false,
      error: 'Error',
      message: 'Failed to update device shadow',
      code: 502,
    });
    const details = await send(system.url, 'GET', `/locks/${lock.id}/details`, org);
    expect(details.body).toMatchObject({ version: 1, keys: [] });
    const bulk = await send(system.url, 'POST', `/locks/${lock.id}/BulkAddKeys`, {
      ...org,
      body: { keys: [{ keyUuid: randomUUID() }] },
    });
    expect(bulk.status).toBe(200);
    await until(async () => {
      const rows = await factory.deps.db
        .select()
        .from(lockKeyCommands)
        .where(eq(lockKeyCommands.lockId, lock.id));
      return rows.some(({ status, attempts }) => status === 'queued' && attempts > 0);
    });
    await system.broker.start();
    await until(async () => (await add()).status === 200);
    await until(async () => {
      const seen = await send(system.url, 'GET', `/locks/${lock.id}/details`, org);
      return seen.body.keys.length === 2;
    });
    const history = (await eventsOf(lock.id)).map(({ type }) => type);
    expect(history).toEqual(['LockCreated', 'KeyAdded', 'KeyAdded']);
  });
});
