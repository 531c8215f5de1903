import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { homeEvents, homeMembers, homes, locks, openings, projects, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe.each(mounts())('/homes ($name)', ({ url }) => {
  let kim: Person;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
  });
  const rowOf = async (id: number) => (await db.select().from(homes).where(eq(homes.id, id)))[0];

  it('POST makes a home that its maker owns', async () => {
    const reply = await send(url, 'POST', '/homes', {
      token: kim.token,
      body: { name: ' Hytta på fjellet 🏔 ', timezone: 'Europe/Oslo', id: 1, projectId: 1, deactivated: true },
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: expect.any(Number),
      projectId: kim.user.projectId,
      creationTime: milliseconds,
      name: 'Hytta på fjellet 🏔',
      timezone: 'Europe/Oslo',
    });
    const got = await send(url, 'GET', `/homes/${reply.body.id}`, { token: kim.token });
    expect(got.status).toBe(200);
    expect(got.body).toEqual(reply.body);
    const members = await db.select().from(homeMembers).where(eq(homeMembers.homeId, reply.body.id));
    expect(members).toMatchObject([{ userId: kim.user.id, role: 'owner' }]);
  });

  it('POST without a time zone leaves it out of every answer', async () => {
    const { body } = await send(url, 'POST', '/homes', { token: kim.token, body: { name: 'Home' } });
    expect(Object.keys(body).sort()).toEqual(['creationTime', 'id', 'name', 'projectId']);
  });

  it('POST refuses what is no name and no time zone, by field', async () => {
    for (const [body, reason, field] of [
      [{}, 'MISSING_PARAMETERS', 'name'],
      [{ name: '' }, 'INVALID_PARAMETER', 'name'],
      [{ name: 'x'.repeat(121) }, 'INVALID_PARAMETER', 'name'],
      [{ name: 'Home', timezone: 'Europe/Nowhere' }, 'INVALID_PARAMETER', 'timezone'],
      [{ name: 'Home', timezone: '' }, 'INVALID_PARAMETER', 'timezone'],
      [{ name: 'Home', timezone: 1 }, 'INVALID_PARAMETER', 'timezone'],
      [{ name: 'Home', timezone: 'Europe/Oslo\u0000' }, 'INVALID_PARAMETER', 'timezone'],
    ] as const) {
      const reply = await send(url, 'POST', '/homes', { token: kim.token, body });
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({ reason, data: { details: [{ field, message: expect.any(String) }] } });
    }
  });

  it('POST stops at the quota of the project', async () => {
    const project = await factory.project();
    await db.update(projects).set({ maxHomes: 1 }).where(eq(projects.id, project.id));
    const { token } = await factory.person(project.id);
    expect((await send(url, 'POST', '/homes', { token, body: { name: 'One' } })).status).toBe(201);
    const over = await send(url, 'POST', '/homes', { token, body: { name: 'Two' } });
    expect(over.status).toBe(403);
    expect(over.body).toEqual({ reason: 'EXCEEDED_MAX_HOMES' });
  });

  it('GET lists the homes of a user, oldest first', async () => {
    const jo = await factory.person(kim.user.projectId);
    const made = [await factory.home(jo, 'B'), await factory.home(jo, 'A')];
    const shared = await factory.home(kim, 'Shared');
    await factory.member(shared.id, jo, 'guest');
    const reply = await send(url, 'GET', `/homes?userId=${jo.user.id}`, { token: jo.token });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(
      [...made, shared].map(({ id, name }) => ({
        id,
        projectId: jo.user.projectId,
        creationTime: milliseconds,
        name,
      })),
    );
    const page = async (asked: string) => {
      const { body, headers } = await send(url, 'GET', `/homes?userId=${jo.user.id}&${asked}`, {
        token: jo.token,
      });
      return [body.map(({ id }: { id: number }) => id), headers.get('vnd.tinkermode.range')];
    };
    const ids = [...made, shared].map(({ id }) => id);
    expect(await page('')).toEqual([ids, null]);
    expect(await page('skip=1&limit=1')).toEqual([[ids[1]], '1-1/3']);
    expect(await page('limit=200')).toEqual([ids, '0-2/3']);
    expect(await page('skip=25&limit=25')).toEqual([[], '*/3']);
    const nobody = await factory.person(kim.user.projectId);
    expect((await send(url, 'GET', `/homes?userId=${nobody.user.id}`, { token: nobody.token })).body).toEqual(
      [],
    );
  });

  it('GET needs a user id that is one', async () => {
    for (const [query, reason] of [
      ['', 'MISSING_PARAMETERS'],
      ['?userId=', 'INVALID_PARAMETER'],
      ['?userId=0', 'INVALID_PARAMETER'],
      ['?userId=abc', 'INVALID_PARAMETER'],
      ['?userId=1.5', 'INVALID_PARAMETER'],
      ['?userId=9007199254740992', 'INVALID_PARAMETER'],
    ]) {
      const reply = await send(url, 'GET', `/homes${query}`, { token: kim.token });
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({
        reason,
        data: { details: [{ field: 'userId', message: expect.any(String) }] },
      });
    }
  });

  it('a membership counts only when the person is verified', async () => {
    const jo = await factory.person(kim.user.projectId);
    const home = await factory.home(kim);
    await factory.member(home.id, jo, 'owner');
    await db.update(users).set({ verified: false }).where(eq(users.id, jo.user.id));
    const got = await send(url, 'GET', `/homes/${home.id}`, { token: jo.token });
    expect(got.status).toBe(403);
    expect(got.body).toEqual({ reason: 'MEMBERS_ONLY' });
    expect((await send(url, 'GET', `/homes?userId=${jo.user.id}`, { token: jo.token })).body).toEqual([]);
  });

  it('PATCH changes what is sent, nothing else, and leaves a line in the log of the home', async () => {
    const home = await factory.home(kim);
    const patch = (body: object) => send(url, 'PATCH', `/homes/${home.id}`, { token: kim.token, body });
    const renamed = await patch({ name: 'Hut', unknown: 1, timezone: null });
    expect(renamed.status).toBe(204);
    expect(renamed.body).toBeUndefined();
    expect(await rowOf(home.id)).toMatchObject({ name: 'Hut', timezone: null, position: 1 });
    expect((await patch({ timezone: 'Asia/Tokyo' })).status).toBe(204);
    expect((await patch({})).status).toBe(204);
    expect(await rowOf(home.id)).toMatchObject({ name: 'Hut', timezone: 'Asia/Tokyo', position: 2 });
    const lines = await db
      .select()
      .from(homeEvents)
      .where(eq(homeEvents.homeId, home.id))
      .orderBy(homeEvents.position);
    expect(lines.map(({ position, topic, payload }) => ({ position, topic, payload }))).toEqual([
      { position: 1, topic: 'home', payload: { name: 'Hut' } },
      { position: 2, topic: 'home', payload: { timezone: 'Asia/Tokyo' } },
    ]);
    const bad = await patch({ name: '' });
    expect(bad.status).toBe(403);
    expect(bad.body.data.details[0].field).toBe('name');
  });

  it('PATCH lets owners alone move the time zone', async () => {
    const home = await factory.home(kim);
    const jo = await factory.person(kim.user.projectId);
    await factory.member(home.id, jo, 'member');
    const patch = (body: object) => send(url, 'PATCH', `/homes/${home.id}`, { token: jo.token, body });
    const refused = await patch({ timezone: 'Asia/Tokyo' });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ reason: 'PERMISSION_DENIED' });
    expect(await rowOf(home.id)).toMatchObject({ name: 'Home', timezone: null });
    // The iOS library sends the phone's zone beside every name.
    expect((await patch({ name: 'Ours', timezone: 'Asia/Tokyo' })).status).toBe(204);
    expect(await rowOf(home.id)).toMatchObject({ name: 'Ours', timezone: null });
  });

  it('a deactivated home can be read and not changed', async () => {
    const home = await factory.home(kim);
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    const got = await send(url, 'GET', `/homes/${home.id}`, { token: kim.token });
    expect(got.body).toEqual({
      id: home.id,
      projectId: home.projectId,
      creationTime: milliseconds,
      name: 'Home',
      deactivated: true,
    });
    for (const [method, body] of [
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      const reply = await send(url, method, `/homes/${home.id}`, {
        token: kim.token,
        ...(body ? { body } : {}),
      });
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({ reason: 'PERMISSION_DENIED' });
    }
  });

  it('DELETE takes the home from all its members, keeps its locks and closes what was opening', async () => {
    const home = await factory.home(kim);
    const jo = await factory.person(kim.user.projectId);
    await factory.member(home.id, jo, 'member');
    const lock = await factory.lock(home.id);
    const opened = await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token });
    expect(opened.status).toBe(200);
    const reply = await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token });
    expect(reply.status).toBe(204);
    expect(await rowOf(home.id)).toBeUndefined();
    for (const { token } of [kim, jo]) {
      expect((await send(url, 'GET', `/homes/${home.id}`, { token })).status).toBe(404);
      expect((await send(url, 'GET', `/locks/${lock.id}`, { token })).status).toBe(403);
    }
    const [kept] = await db.select().from(locks).where(eq(locks.id, lock.id));
    expect(kept).toMatchObject({ homeId: null, projectId: home.projectId });
    const [closed] = await db.select().from(openings).where(eq(openings.lockId, lock.id));
    expect(closed).toMatchObject({ status: 'failed', error: 'HOME_DELETED', homeId: null });
    expect((await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token })).status).toBe(404);
  });
});
