import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homes, locks } from '@/drizzle/schema';
import { readCursor } from '@/server/domain/cursor';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { makeApi } from './app';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const text = expect.any(String);

describe.each(gateway())('/locks ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
    lock = await factory.lock(home.id);
  });
  const open = (body?: object) =>
    send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token, ...(body ? { body } : {}) });
  const get = (rest: string, credentials: object = { token: kim.token }) =>
    send(url, 'GET', `/locks/${lock.id}${rest}`, credentials);

  it('shows a door that was never heard of as unknown, and leaves out what is not known', async () => {
    const reply = await get('');
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      lockId: lock.id,
      bolt: 'unknown',
      door: 'unknown',
      uuid: lock.uuid,
      name: 'Front door',
      homeId: home.id,
      homeName: 'Home',
      gesture: 'hold',
      role: 'owner',
      canOpen: true,
      cursor: text,
    });
    expect(readCursor(reply.body.cursor)).toEqual({ homeId: home.id, position: 0 });
  });

  it('is not opened for who asked before the process stood still', async () => {
    let waitedMs = 9_000;
    const standstill = { earliest: (now: Date) => new Date(now.getTime() - waitedMs) };
    const api = makeApi({ deps: factory.deps, trustProxy: true, standstill });
    const ask = () =>
      api.request(`/locks/${lock.id}/OpenLock`, {
        method: 'POST',
        headers: { authorization: `ModeCloud ${kim.token}` },
      });
    const late = await ask();
    expect(late.status).toBe(503);
    expect(late.headers.get('retry-after')).toBe('2');
    expect((await get('/openings')).body.items).toEqual([]);
    waitedMs = 2_000;
    // These services have no broker to hand it to, but it was placed.
    expect((await ask()).status).toBe(502);
    const [opening] = (await get('/openings')).body.items;
    // Its eight seconds have begun when it was asked.
    expect(Date.parse(opening.expiresAt) - Date.now()).toBeLessThanOrEqual(6_000);
  });

  it('lists the doors of all homes of the caller, each with the role that it has there', async () => {
    const other = await factory.home(await factory.person(project.id), 'Attic');
    await factory.member(other.id, kim, 'guest');
    const loft = await factory.lock(other.id, 'Loft');
    await factory.lock(other.id, 'Cellar');
    const validFrom = new Date('2100-01-01T00:00:00Z');
    await factory.grant(loft.id, kim, { validFrom });
    await db.update(homes).set({ timezone: 'Europe/Oslo' }).where(eq(homes.id, other.id));
    await factory.lock((await factory.home(await factory.person(project.id))).id);
    const reply = await send(url, 'GET', '/locks', { token: kim.token });
    expect(reply.status).toBe(200);
    expect(reply.body.next).toBeNull();
    expect(reply.body.items).toMatchObject([
      {
        lockId: loft.id,
        homeName: 'Attic',
        timezone: 'Europe/Oslo',
        role: 'guest',
        canOpen: false,
        whyNot: { reason: 'not-yet-valid', next: '2100-01-01T00:00:00.000Z' },
      },
      { lockId: lock.id, homeName: 'Home', role: 'owner', canOpen: true },
    ]);
    expect(reply.body.items[1]).toEqual((await get('')).body);
  });

  it('tells whose a lock is', async () => {
    const reply = await get('/basic-info');
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      id: lock.id,
      lockId: lock.id,
      uuid: lock.uuid,
      version: 1,
      ownerId: String(kim.user.id),
      orgId: project.uuid,
      organizationId: project.uuid,
      r2Prefix: `locks/${lock.uuid}`,
    });
    await db.update(locks).set({ serialNumber: 'SN-1', homeId: null }).where(eq(locks.id, lock.id));
    const { key } = await factory.orgKey(project.id);
    const orphan = await get('/basic-info', { apiKey: key });
    expect(orphan.body).toMatchObject({ serialNumber: 'SN-1' });
    expect(orphan.body).not.toHaveProperty('ownerId');
  });

  it('answers an opening with the event, and shows it as sent, not as open', async () => {
    const body = { requestId: 'r-1', reason: 'æøå 🔑', ignored: { deep: [] }, lockId: 7 };
    const reply = await open(body);
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
          timestamp: milliseconds,
          reason: 'æøå 🔑',
          requestId: 'r-1',
        },
      },
    });
    const door = await get('');
    expect(door.body.bolt).toBe('unknown');
    expect(door.body.opening).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      lockId: lock.id,
      status: 'sent',
      who: { kind: 'user', id: String(kim.user.id), name: 'Kim' },
      via: 'api',
      requestId: 'r-1',
      reason: 'æøå 🔑',
      createdAt: milliseconds,
      sentAt: milliseconds,
      expiresAt: milliseconds,
      lateReport: false,
    });
    const { createdAt, expiresAt } = door.body.opening;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(8_000);
    expect(readCursor(door.body.cursor)?.position).toBeGreaterThan(0);
  });

  it('leaves out of the event what was not sent', async () => {
    for (const body of [undefined, {}, { requestId: null, reason: null }, { requestId: '', reason: '' }]) {
      const { body: told } = await open(body);
      expect(Object.keys(told.event.data).sort()).toEqual(['lockId', 'timestamp', 'uuid']);
    }
  });

  it('an empty requestId is none: each time the door is asked anew', async () => {
    const [first, second] = [await open({ requestId: '' }), await open({ requestId: '' })];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.version).toBe(first.body.version + 1);
    expect(await factory.openings(lock.id)).toHaveLength(2);
  });

  it('answers a repeated requestId with the first answer, letter for letter', async () => {
    const first = await open({ requestId: 'again', reason: 'one' });
    const second = await open({ requestId: 'again', reason: 'two' });
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect((await get('/basic-info')).body.version).toBe(2);
    expect(await factory.openings(lock.id)).toHaveLength(1);
  });

  it('refuses labels that are too long or no text, and names each', async () => {
    for (const [body, fields] of [
      [{ requestId: 'x'.repeat(201) }, ['requestId']],
      [{ reason: 'x'.repeat(501) }, ['reason']],
      [{ requestId: 7, reason: {} }, ['requestId', 'reason']],
      [{ requestId: 'a\u0000b' }, ['requestId']],
      [{ reason: '\u0000' }, ['reason']],
      [{ requestId: 'a\ud800' }, ['requestId']],
    ] as const) {
      const reply = await open(body);
      expect(reply.status).toBe(400);
      expect(reply.body).toEqual({
        success: false,
        error: 'Bad Request',
        message: 'The request contains invalid parameters or malformed data',
        code: 400,
        details: fields.map((field) => ({ field, message: text })),
      });
    }
    expect(await factory.openings(lock.id)).toEqual([]);
    expect((await open({ requestId: 'x'.repeat(200), reason: 'x'.repeat(500) })).status).toBe(200);
  });

  it('asks for patience at the eleventh opening within a minute, and a repeat is none', async () => {
    for (let count = 1; count <= 10; count += 1)
      expect((await open({ requestId: `r-${count}` })).status).toBe(200);
    const eleventh = await open({ requestId: 'r-11' });
    expect(eleventh.status).toBe(429);
    expect(eleventh.body).toEqual({ success: false, error: 'Too Many Requests', message: text, code: 429 });
    const wait = Number(eleventh.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await open({ requestId: 'r-10' })).status).toBe(200);
    expect(await factory.openings(lock.id)).toHaveLength(10);
    const jo = await factory.person(project.id);
    await factory.member(home.id, jo, 'member');
    expect((await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: jo.token })).status).toBe(200);
  });

  it('counts no openings of a key behind which many people stand', async () => {
    const { key: apiKey } = await factory.orgKey(project.id);
    for (let count = 1; count <= 11; count += 1)
      expect((await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { apiKey })).status).toBe(200);
  });

  it('pages the history of a lock, newest first, ten a page', async () => {
    const { key } = await factory.orgKey(project.id);
    const callers = [{ token: kim.token }, { apiKey: key }];
    for (let count = 0; count < 12; count += 1) {
      await send(url, 'POST', `/locks/${lock.id}/OpenLock`, {
        ...callers[count % 2],
        body: { requestId: `r-${count}` },
      });
    }
    const first = await get('/events');
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      aggregateId: String(lock.id),
      totalEvents: 13,
      page: 1,
      pageSize: 10,
      totalPages: 2,
    });
    expect(first.body.events.map((event: { version: number }) => event.version)).toEqual([
      13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
    ]);
    expect(first.body.events[0]).toEqual({
      aggregateType: 'lock',
      aggregateId: String(lock.id),
      version: 13,
      type: 'LockOpenRequested',
      timestamp: milliseconds,
      orgId: project.uuid,
      event: { lockId: lock.id, uuid: lock.uuid, timestamp: milliseconds, requestId: 'r-11' },
    });
    const second = await get('/events?page=2');
    expect(second.body.events.map((event: { version: number }) => event.version)).toEqual([3, 2, 1]);
    expect((await get('/events?page=3')).body.events).toEqual([]);
    for (const page of ['0', '-1', 'x', '1.5', '']) {
      const bad = await get(`/events?page=${page}`);
      expect(bad.status).toBe(400);
      expect(bad.body.details).toEqual([{ field: 'page', message: 'must be a positive integer' }]);
    }
  });

  it('pages the openings without gaps or doubles', async () => {
    const people = await Promise.all([1, 2, 3].map(() => factory.person(project.id)));
    const labels: string[] = [];
    for (const person of people) {
      await factory.member(home.id, person, 'member');
      for (let count = 0; count < 10; count += 1) {
        const requestId = `r-${labels.length}`;
        labels.unshift(requestId);
        await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token, body: { requestId } });
      }
    }
    const seen: string[] = [];
    let next: string | null = '';
    const sizes: number[] = [];
    while (next !== null) {
      const { body } = await get(`/openings${next === '' ? '' : `?after=${next}`}`);
      sizes.push(body.items.length);
      seen.push(...body.items.map((opening: { requestId: string }) => opening.requestId));
      next = body.next;
    }
    expect(sizes).toEqual([20, 10]);
    expect(seen.toSorted()).toEqual(labels.toSorted());
    const bad = await get('/openings?after=bm90aGluZw');
    expect(bad.status).toBe(400);
    expect(bad.body.details).toEqual([{ field: 'after', message: 'is no cursor of this list' }]);
  });
});
