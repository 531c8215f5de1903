import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeLock } from '@/server/services/locks/change-lock';
import { insertLock } from '@/server/services/locks/create-lock';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { settled } from '@/server/testing/settled';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe.each(gateway())('queries of a lock ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let org: { apiKey: string };
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
    lock = await factory.lock(home.id);
    org = { apiKey: (await factory.orgKey(project.id)).key };
  });
  const get = (rest: string, credentials: object = { token: kim.token }) =>
    send(url, 'GET', `/locks/${lock.id}${rest}`, credentials);
  const open = (credentials: object, requestId?: string) =>
    send(url, 'POST', `/locks/${lock.id}/OpenLock`, { ...credentials, body: { requestId } });

  it('details are basic-info with keys, residents and the time of the last event', async () => {
    const info = (await get('/basic-info', org)).body;
    expect((await get('/details', org)).body).toEqual({
      ...info,
      keys: [],
      residents: [],
      timestamp: milliseconds,
    });
    await open(org);
    const newest = (await get('/events', org)).body.events[0];
    expect((await get('/details', org)).body.timestamp).toBe(newest.timestamp);
  });

  it('the state says nothing that the lock has not said', async () => {
    expect((await get('/state', org)).body).toEqual({ lockId: lock.id, state: 'unknown', door: 'unknown' });
  });

  it('the state tells since when, and of the last opening who and what came of it', async () => {
    const virtual = await factory.virtualLock(lock);
    const before = (await get('/state')).body;
    await open({ token: kim.token });
    const opening = await settled(url, kim.token, lock.id, 'confirmed');
    const state = (await get('/state')).body;
    expect(state).toEqual({
      lockId: lock.id,
      state: 'unlocked',
      since: milliseconds,
      door: 'closed',
      battery: { percent: expect.any(Number), level: 'ok' },
      reachable: true,
      reachableSince: milliseconds,
      reportedAt: milliseconds,
      lastOperation: {
        openingId: opening.id,
        who: { kind: 'user', id: String(kim.user.id), name: 'Kim' },
        status: 'confirmed',
        at: opening.outcomeAt,
      },
    });
    expect(before.state).not.toBe('unlocked');
    // Reports that change nothing leave it as it is.
    virtual.control.setBattery(50);
    await until(async () => (await get('/state')).body.battery.percent === 50);
    expect((await get('/state')).body.since).toBe(state.since);
    await virtual.stop();
  });

  it('an opening is found by the requestId of whoever asked, and by its id by readers of the list', async () => {
    await open({ token: kim.token }, 'mine/with slash');
    await open(org, 'theirs');
    const path = `/openings/${encodeURIComponent('mine/with slash')}`;
    const mine = await get(path);
    expect(mine.status).toBe(200);
    expect(mine.body).toMatchObject({ requestId: 'mine/with slash', status: 'sent', sentAt: milliseconds });
    expect(mine.body).not.toHaveProperty('confirmedAt');
    expect((await get('/openings/theirs')).status).toBe(404);
    expect((await get('/openings/theirs', org)).body).toMatchObject({ who: { kind: 'orgKey' } });
    expect((await get(path, org)).status).toBe(404);
    const theirs = (await get('/openings/theirs', org)).body;
    expect((await get(`/openings/${theirs.id}`)).body).toEqual(theirs);
    expect((await get(`/openings/${theirs.id}`, org)).body).toEqual(theirs);
    // A key opens doors, but is not told who else did.
    expect((await get(`/openings/${mine.body.id}`, org)).status).toBe(404);
    const guest = await factory.person(project.id);
    await factory.member(home.id, guest, 'guest');
    expect((await get(`/openings/${mine.body.id}`, { token: guest.token })).status).toBe(403);
    await factory.grant(lock.id, guest);
    expect((await get(`/openings/${mine.body.id}`, { token: guest.token })).status).toBe(404);
    const other = await factory.lock(home.id);
    const elsewhere = `/locks/${other.id}/openings/${mine.body.id}`;
    expect((await send(url, 'GET', elsewhere, { token: kim.token })).status).toBe(404);
    expect((await get(`/openings/${randomUUID()}`)).status).toBe(404);
    expect((await get('/openings/%00')).status).toBe(400);
  });

  it('an opening that is confirmed says when each step was', async () => {
    const virtual = await factory.virtualLock(lock);
    await open({ token: kim.token }, 'r-1');
    await settled(url, kim.token, lock.id, 'confirmed');
    const { body } = await get('/openings/r-1');
    expect(body).toMatchObject({ status: 'confirmed', confirmedAt: milliseconds });
    const steps = [body.createdAt, body.sentAt, body.acceptedAt, body.confirmedAt];
    expect(steps).toEqual(steps.toSorted());
    await virtual.stop();
  });

  it('the history shows events of every type with their bodies', async () => {
    await changeLock(factory.deps, lock.id, { type: 'SetOwner', userId: String(kim.user.id) });
    await changeLock(factory.deps, lock.id, { type: 'Change', name: 'Gate' });
    await open(org);
    const { body } = await get('/events', org);
    expect(body.events.map(({ type, event }: { type: string; event: object }) => ({ type, event }))).toEqual([
      { type: 'LockOpenRequested', event: expect.objectContaining({ lockId: lock.id }) },
      { type: 'LockRenamed', event: expect.objectContaining({ name: 'Gate' }) },
      { type: 'OwnerSet', event: expect.objectContaining({ userId: String(kim.user.id) }) },
      { type: 'LockCreated', event: expect.objectContaining({ name: 'Front door', homeId: home.id }) },
    ]);
  });

  it('a key lists the locks of its organisation in pages, without gaps or doubles', async () => {
    const flat = await factory.home(kim, 'Flat');
    const ids = [lock.id];
    for (let count = 0; count < 60; count += 1) ids.push((await factory.lock(flat.id)).id);
    await factory.lock((await factory.home(await factory.person((await factory.project()).id))).id);
    for (const credentials of [org, { token: (await factory.projectKey(project.id, [])).key }]) {
      const seen: number[] = [];
      const sizes: number[] = [];
      let next: string | null = '';
      while (next !== null) {
        const reply = await send(url, 'GET', `/locks${next === '' ? '' : `?after=${next}`}`, credentials);
        expect(reply.status).toBe(200);
        seen.push(...reply.body.items.map(({ lockId }: { lockId: number }) => lockId));
        sizes.push(reply.body.items.length);
        next = reply.body.next;
      }
      expect(seen.toSorted()).toEqual(ids.toSorted());
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
      expect(sizes).toEqual([50, 11]);
    }
    const ofHome = await send(url, 'GET', `/locks?homeId=${home.id}`, org);
    expect(ofHome.body).toEqual({
      items: [
        {
          lockId: lock.id,
          bolt: 'unknown',
          door: 'unknown',
          uuid: lock.uuid,
          name: 'Front door',
          gesture: 'hold',
          version: 1,
          orgId: project.uuid,
          homeId: home.id,
        },
      ],
      next: null,
    });
    const bad = await send(url, 'GET', '/locks?after=nonsense&homeId=1', org);
    expect(bad.body.details).toEqual([{ field: 'after', message: 'is no cursor of this list' }]);
    expect((await send(url, 'GET', '/locks?homeId=x', org)).body.details).toMatchObject([
      { field: 'homeId' },
    ]);
  });

  it('a person lists the doors of one home; a foreign home has none', async () => {
    const flat = await factory.home(kim, 'Flat');
    const second = await factory.lock(flat.id);
    const list = async (homeId: number) =>
      (await send(url, 'GET', `/locks?homeId=${homeId}`, { token: kim.token })).body.items.map(
        ({ lockId }: { lockId: number }) => lockId,
      );
    expect(await list(flat.id)).toEqual([second.id]);
    const foreign = await factory.home(await factory.person(project.id));
    await factory.lock(foreign.id);
    expect(await list(foreign.id)).toEqual([]);
  });

  it('a super key sees locks of no organisation too', async () => {
    const { lock: fresh } = await db.transaction((tx) =>
      insertLock(tx, { uuid: randomUUID(), name: 'Fresh', projectId: null }, new Date()),
    );
    const cursor = Buffer.from(`lock ${fresh.id - 1}`).toString('base64url');
    const reply = await send(url, 'GET', `/locks?after=${cursor}`, { apiKey: (await factory.orgKey()).key });
    const found = reply.body.items.find(({ lockId }: { lockId: number }) => lockId === fresh.id);
    expect(found).toMatchObject({ uuid: fresh.uuid });
    expect(found).not.toHaveProperty('orgId');
  });

  it('of two credentials either may satisfy a command, and both must be good', async () => {
    const stranger = await factory.person((await factory.project()).id);
    const bearerOf = async (token: string) =>
      (await send(url, 'POST', '/auth/token', { token })).body.token as string;
    const [mine, theirs] = [await bearerOf(kim.token), await bearerOf(stranger.token)];
    const elsewhere = { apiKey: (await factory.orgKey(stranger.user.projectId)).key };
    const rename = (credentials: object) =>
      send(url, 'PATCH', `/locks/${lock.id}`, { ...credentials, body: { name: randomUUID() } });
    const assign = (credentials: object) =>
      send(url, 'POST', `/locks/${lock.id}/AssignHome`, { ...credentials, body: { homeId: home.id } });
    expect((await rename({ bearer: mine, ...org })).status).toBe(200);
    expect((await rename({ bearer: mine, ...elsewhere })).status).toBe(200);
    expect((await rename({ bearer: theirs, ...org })).status).toBe(404);
    expect((await assign({ bearer: theirs, ...org })).status).toBe(200);
    expect((await assign({ bearer: mine, ...elsewhere })).status).toBe(403);
    expect((await assign({ bearer: `${mine}x`, ...org })).status).toBe(401);
    expect((await assign({ bearer: mine, apiKey: 'x' })).status).toBe(401);
    // The path and the body are judged before the credential, the credential before the lock (lock-api 3).
    const bad = await send(url, 'PATCH', '/locks/0', { body: { name: 7 } });
    expect(bad.status).toBe(400);
    expect(bad.body.details.map(({ field }: { field: string }) => field)).toEqual(['id']);
    expect((await send(url, 'DELETE', '/locks/900000000000001', {})).status).toBe(401);
    expect((await send(url, 'DELETE', '/locks/900000000000001', org)).status).toBe(404);
    const inner = await send(url, 'DELETE', `/locks/${lock.id}`, { ...org, headers: { 'X-Is-Admin': '1' } });
    expect(inner.body).toMatchObject({ code: 400, details: [{ field: 'x-is-admin' }] });
  });
});
