import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { devices, homeEvents, homeMembers, homes, locks, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { tokenTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const password = 'correct horse battery';
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const roleIn = async (homeId: number, userId: number) =>
  (
    await db
      .select()
      .from(homeMembers)
      .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)))
  )[0]?.role;
const memberLines = async (homeId: number) =>
  (await db.select().from(homeEvents).where(eq(homeEvents.homeId, homeId)).orderBy(homeEvents.position))
    .filter(({ topic }) => topic === 'member')
    .map(({ payload }) => payload);

describe.each(gateway())('GET, PATCH and DELETE /users/{userId} ($name)', ({ url }) => {
  it('shows a person to itself and to keys of the project, without the password', async () => {
    const project = await factory.project();
    const { user, token } = await factory.person(project.id, 'Kim', password);
    const key = await factory.projectKey(project.id, []);
    for (const credential of [token, key.key]) {
      const reply = await send(url, 'GET', `/users/${user.id}`, { token: credential });
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({
        id: user.id,
        projectId: project.id,
        creationTime: milliseconds,
        email: user.email,
        name: 'Kim',
        verified: true,
      });
    }
  });

  it('tells strangers nothing: the same project is refused, another answers as if nobody were there', async () => {
    const project = await factory.project();
    const { user } = await factory.person(project.id);
    const neighbour = await factory.person(project.id);
    const stranger = await factory.person((await factory.project()).id);
    const keyElsewhere = await factory.projectKey((await factory.project()).id, ['admin']);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const ask = async (token: string | undefined, id: number | string) => {
        const body = method === 'PATCH' ? { name: 'Taken over' } : undefined;
        const reply = await send(url, method, `/users/${id}`, {
          ...(token === undefined ? {} : { token }),
          ...(body === undefined ? {} : { body }),
        });
        return `${reply.status} ${reply.body?.reason}`;
      };
      expect(await ask(undefined, user.id)).toBe('401 UNAUTHENTICATED_CLIENT');
      expect(await ask(neighbour.token, user.id)).toBe('403 PERMISSION_DENIED');
      expect(await ask(stranger.token, user.id)).toBe('404 NOT_FOUND');
      expect(await ask(stranger.token, 900_000_000_000_001)).toBe('404 NOT_FOUND');
      expect(await ask(stranger.token, 'abc')).toBe('404 NOT_FOUND');
      if (method !== 'PATCH') expect(await ask(keyElsewhere.key, user.id)).toBe('404 NOT_FOUND');
    }
  });

  it('PATCH takes a name, ignores what cannot be changed and tells the homes', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const { user, token } = kim;
    const home = await factory.home(kim);
    const reply = await send(url, 'PATCH', `/users/${user.id}`, {
      token,
      body: { name: ' Kim Lie ', email: 'other@example.com', verified: false, id: 1, projectId: 1 },
    });
    expect(reply.status).toBe(204);
    expect(reply.body).toBeUndefined();
    const [row] = await db.select().from(users).where(eq(users.id, user.id));
    expect(row).toMatchObject({ name: 'Kim Lie', email: user.email, verified: true });
    expect(await memberLines(home.id)).toMatchObject([
      { action: 'changed', userId: user.id, member: { name: 'Kim Lie', role: 'owner' } },
    ]);
    expect((await send(url, 'PATCH', `/users/${user.id}`, { token, body: {} })).status).toBe(204);
  });

  it('PATCH with a new password ends the other sessions and the links to reset it, and keeps this one', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id, 'Kim', password);
    const { token: other } = await factory.session(kim);
    const email = kim.user.email as string;
    await factory.forgetAttempts('send from');
    await send(url, 'POST', '/auth/user/passwordReset/start', { body: { projectId: project.id, email } });
    const link = await tokenTo(factory, email);
    const change = { password: 'another long one' };
    expect(
      (await send(url, 'PATCH', `/users/${kim.user.id}`, { token: kim.token, body: change })).status,
    ).toBe(204);
    expect((await send(url, 'GET', '/userSession', { token: kim.token })).status).toBe(200);
    expect((await send(url, 'GET', '/userSession', { token: other })).status).toBe(401);
    const late = await send(url, 'POST', '/auth/user/passwordReset', {
      body: { token: link, newPassword: 'one more of them' },
    });
    expect(late.body.reason).toBe('INVALID_TOKEN');
    await factory.forgetAttempts('login');
    const login = { projectId: project.id, appId: 'controller_app', email };
    expect((await send(url, 'POST', '/auth/user', { body: { ...login, password } })).body.reason).toBe(
      'INCORRECT_PASSWORD',
    );
    expect((await send(url, 'POST', '/auth/user', { body: { ...login, ...change } })).status).toBe(200);
  });

  it('PATCH names what is wrong and leaves everything as it was', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id, 'Kim', password);
    const cases: [object | string, number, string][] = [
      [{ name: '' }, 403, 'INVALID_PARAMETER'],
      [{ name: '   ' }, 403, 'INVALID_PARAMETER'],
      [{ name: 5 }, 403, 'INVALID_PARAMETER'],
      [{ name: 'x'.repeat(121) }, 403, 'INVALID_PARAMETER'],
      [{ name: 'a\u0000b' }, 403, 'INVALID_PARAMETER'],
      ['{"name":"\\ud800"}', 403, 'INVALID_PARAMETER'],
      [{ name: 'Changed', password: 'short' }, 403, 'PASSWORD_TOO_SHORT'],
      [{ password: '' }, 403, 'PASSWORD_TOO_SHORT'],
      [{ password: 'password123' }, 403, 'PASSWORD_TOO_WEAK'],
      [{ password: kim.user.email }, 403, 'PASSWORD_TOO_WEAK'],
      [{ password: 'x'.repeat(129) }, 403, 'INVALID_PARAMETER'],
      [{ password: ['a', 'b'] }, 403, 'INVALID_PARAMETER'],
      ['{"name":', 400, 'INVALID_JSON'],
    ];
    for (const [body, status, reason] of cases) {
      const reply = await send(url, 'PATCH', `/users/${kim.user.id}`, {
        token: kim.token,
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect({ body, status: reply.status, reason: reply.body.reason }).toEqual({ body, status, reason });
    }
    const [row] = await db.select().from(users).where(eq(users.id, kim.user.id));
    expect(row?.name).toBe('Kim');
  });

  it('PATCH sets no password where accounts have none', async () => {
    for (const type of ['phone', 'byou'] as const) {
      const project = await factory.project(type);
      const { user, token } = await factory.person(project.id);
      const reply = await send(url, 'PATCH', `/users/${user.id}`, { token, body: { password } });
      expect({ status: reply.status, body: reply.body }).toEqual({
        status: 403,
        body: { reason: 'OPERATION_NOT_ALLOWED' },
      });
    }
  });

  it('DELETE takes the person out everywhere: sessions, homes, and the homes that nobody else has', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const jo = await factory.person(project.id, 'Jo');
    const guest = await factory.person(project.id, 'Guest');
    const alone = await factory.home(kim, 'Alone');
    const lock = await factory.lock(alone.id);
    const device = await factory.device(project.id, alone.id);
    const withGuest = await factory.home(kim, 'With a guest');
    await factory.member(withGuest.id, guest, 'guest');
    const joined = await factory.home(jo, 'Joined');
    await factory.member(joined.id, kim, 'member');
    const second = await factory.session(kim);

    expect((await send(url, 'DELETE', `/users/${kim.user.id}`, { token: kim.token })).status).toBe(204);
    for (const token of [kim.token, second.token])
      expect((await send(url, 'GET', '/userSession', { token })).status).toBe(401);
    expect(await db.select().from(users).where(eq(users.id, kim.user.id))).toEqual([]);
    expect(await db.select().from(homes).where(eq(homes.projectId, project.id))).toMatchObject([
      { id: joined.id },
    ]);
    expect(await db.select().from(locks).where(eq(locks.id, lock.id))).toMatchObject([{ homeId: null }]);
    expect(await db.select().from(devices).where(eq(devices.id, device.id))).toMatchObject([
      { homeId: null },
    ]);
    expect(await memberLines(joined.id)).toEqual([{ action: 'removed', userId: kim.user.id }]);
    const again = await factory.projectKey(project.id, []);
    expect((await send(url, 'GET', `/users/${kim.user.id}`, { token: again.key })).status).toBe(404);
  });

  it('DELETE of the last owner hands the home to the member who is there longest', async () => {
    const project = await factory.project();
    const [kim, first, second, guest, invited] = [
      await factory.person(project.id),
      await factory.person(project.id, 'First'),
      await factory.person(project.id, 'Second'),
      await factory.person(project.id, 'Guest'),
      await factory.person(project.id, 'Invited'),
    ];
    const home = await factory.home(kim);
    const days = (count: number) => new Date(Date.UTC(2026, 0, count));
    for (const [person, role, since] of [
      [guest, 'guest', 1],
      [invited, 'member', 2],
      [first, 'member', 3],
      [second, 'member', 4],
    ] as const) {
      await db
        .insert(homeMembers)
        .values({ homeId: home.id, userId: person.user.id, role, createdAt: days(since) });
    }
    await db.update(users).set({ verified: false }).where(eq(users.id, invited.user.id));
    const admin = await factory.projectKey(project.id, ['admin']);
    expect((await send(url, 'DELETE', `/users/${kim.user.id}`, { token: admin.key })).status).toBe(204);
    expect(await roleIn(home.id, first.user.id)).toBe('owner');
    expect(await roleIn(home.id, second.user.id)).toBe('member');
    expect(await roleIn(home.id, guest.user.id)).toBe('guest');
    expect(await roleIn(home.id, invited.user.id)).toBe('member');
    expect(await memberLines(home.id)).toMatchObject([
      { action: 'removed', userId: kim.user.id },
      { action: 'changed', userId: first.user.id, member: { role: 'owner' } },
    ]);
    const plain = await factory.projectKey(project.id, ['commands', 'events', 'kv']);
    const refused = await send(url, 'DELETE', `/users/${first.user.id}`, { token: plain.key });
    expect(refused.status).toBe(403);
  });

  it('DELETE of one of two owners leaves the other alone', async () => {
    const project = await factory.project();
    const [kim, jo, sam] = [
      await factory.person(project.id),
      await factory.person(project.id),
      await factory.person(project.id),
    ];
    const home = await factory.home(kim);
    await factory.member(home.id, sam, 'member');
    await factory.member(home.id, jo, 'owner');
    expect((await send(url, 'DELETE', `/users/${kim.user.id}`, { token: kim.token })).status).toBe(204);
    expect(await roleIn(home.id, jo.user.id)).toBe('owner');
    expect(await roleIn(home.id, sam.user.id)).toBe('member');
  });
});
