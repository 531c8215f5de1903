import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { makeFactory } from '@/server/testing/factories';
import { settled } from '@/server/testing/settled';

const url = inject('url');
const factory = makeFactory({
  databaseUrl: inject('databaseUrl'),
  mqttUrl: inject('mqttUrl'),
  secretsKey: inject('secretsKey'),
});
afterAll(() => factory.end());

async function doorOf(name = 'Kim') {
  const project = await factory.project();
  const person = await factory.person(project.id, name);
  const home = await factory.home(person);
  const lock = await factory.lock(home.id);
  return { project, person, home, lock };
}

describe('opening a door', () => {
  it('answers with the recorded event and is confirmed by the report of the lock', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    const reply = await send(url, 'POST', `/locks/${lock.id}/OpenLock`, {
      token: person.token,
      body: { requestId: 'r-1', reason: 'parcel', unknown: true },
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      success: true,
      aggregateId: String(lock.id),
      version: 2,
      event: {
        type: 'LockOpenRequested',
        data: {
          lockId: lock.id,
          uuid: lock.uuid,
          timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
          reason: 'parcel',
          requestId: 'r-1',
        },
      },
    });
    const opening = await settled(url, person.token, lock.id, 'confirmed');
    expect(opening).toMatchObject({
      who: { kind: 'user', name: 'Kim' },
      via: 'api',
      requestId: 'r-1',
      reason: 'parcel',
      lateReport: false,
    });
    expect(virtual.actuations).toBe(1);
    const door = await send(url, 'GET', `/locks/${lock.id}`, { token: person.token });
    expect(door.body).toMatchObject({ bolt: 'unlocked', reachable: true, canOpen: true, role: 'owner' });
    await virtual.stop();
  });

  it('opens once for twenty parallel posts of one requestId and answers all of them alike', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    const requestId = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token, body: { requestId } }),
      ),
    );
    expect(replies.map((reply) => reply.status)).toEqual(Array(20).fill(200));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    await settled(url, person.token, lock.id, 'confirmed');
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('gives two people at once two events and one actuation', async () => {
    const { project, person, home, lock } = await doorOf();
    const other = await factory.person(project.id, 'Jo');
    await factory.member(home.id, other, 'member');
    const virtual = await factory.virtualLock(lock, { boltMs: 2_000 });
    const replies = await Promise.all(
      [person, other].map(({ token }) =>
        send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token, body: { requestId: 'same label' } }),
      ),
    );
    expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
    expect(replies.map((reply) => reply.body.version).sort()).toEqual([2, 3]);
    await settled(url, person.token, lock.id, 'confirmed');
    const { body } = await send(url, 'GET', `/locks/${lock.id}/openings`, { token: person.token });
    expect(body.items.map((opening: { status: string }) => opening.status)).toEqual([
      'confirmed',
      'confirmed',
    ]);
    expect(body.items.filter((opening: { joined?: string }) => opening.joined !== undefined)).toHaveLength(1);
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });
});
