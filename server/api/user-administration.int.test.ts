import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { homeEvents, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { messagesTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const password = 'correct horse battery';

const memberLines = async (homeId: number) =>
  (await db.select().from(homeEvents).where(eq(homeEvents.homeId, homeId)).orderBy(homeEvents.position))
    .filter(({ topic }) => topic === 'member')
    .map(({ payload }) => payload);

describe.each(gateway())('GET /users?projectId= ($name)', ({ url }) => {
  it('is for keys with administration of that project alone', async () => {
    const project = await factory.project();
    const { token } = await factory.person(project.id);
    const key = await factory.projectKey(project.id, ['commands', 'events', 'kv', 'byou']);
    const admin = await factory.projectKey(project.id, ['admin']);
    const elsewhere = (await factory.project()).id;
    const ask = async (credential: string, projectId: number) => {
      const reply = await send(url, 'GET', `/users?projectId=${projectId}`, { token: credential });
      return `${reply.status} ${reply.body.reason ?? ''}`;
    };
    expect(await ask(token, project.id)).toBe('403 PERMISSION_DENIED');
    expect(await ask(key.key, project.id)).toBe('403 PERMISSION_DENIED');
    expect(await ask(admin.key, project.id)).toBe('200 ');
    expect(await ask(admin.key, elsewhere)).toBe('403 INVALID_PROJECT_ID');
    expect(await ask(admin.key, 900_000_000_000_001)).toBe('403 INVALID_PROJECT_ID');
    expect((await send(url, 'GET', `/users?projectId=${project.id}`)).status).toBe(401);
  });

  it('gives pages of 25 and says which, and finds words in name, address and number', async () => {
    const project = await factory.project('phone');
    const { key: token } = await factory.projectKey(project.id, ['admin']);
    const people = await db
      .insert(users)
      .values(
        Array.from({ length: 27 }, (_, index) => ({
          projectId: project.id,
          name: index === 3 ? 'Kim Lie' : index === 4 ? 'Lie 100% Kim' : `Person ${index}`,
          phoneNumber: `+47900${String(index).padStart(5, '0')}`,
          email: index === 5 ? 'kim.lie@example.com' : null,
        })),
      )
      .returning();
    const ask = async (query: string) => {
      const reply = await send(url, 'GET', `/users?projectId=${project.id}${query}`, { token });
      expect(reply.status).toBe(200);
      const ids = (reply.body as { id: number }[]).map(({ id }) =>
        people.findIndex((person) => person.id === id),
      );
      return { ids, range: reply.headers.get('vnd.tinkermode.range') };
    };
    const all = people.map((_, index) => index);
    expect(await ask('')).toEqual({ ids: all.slice(0, 25), range: '0-24/27' });
    expect(await ask('&skip=25')).toEqual({ ids: [25, 26], range: '25-26/27' });
    expect(await ask('&skip=2&limit=3')).toEqual({ ids: [2, 3, 4], range: '2-4/27' });
    expect(await ask('&skip=27')).toEqual({ ids: [], range: '*/27' });
    const found = async (search: string) => (await ask(`&search=${encodeURIComponent(search)}`)).ids;
    expect(await found('kim')).toEqual([3, 4, 5]);
    expect(await found('LIE kim')).toEqual([3, 4, 5]);
    expect(await found('"kim lie"')).toEqual([3]);
    expect(await found('kim -"kim lie"')).toEqual([4, 5]);
    expect(await found('kim -example.com')).toEqual([3, 4]);
    expect(await found('90000026')).toEqual([26]);
    expect(await found('%')).toEqual([4]);
    expect(await found('_')).toEqual([]);
    expect(await found("'; drop table users; --")).toEqual([]);
    expect(await ask('&search=nothing+like+it')).toEqual({ ids: [], range: '*/0' });
    expect((await ask('&search=')).range).toBe('0-24/27');
    // More than a page holds is as much as it holds.
    expect((await ask('&limit=1000')).range).toBe('0-26/27');
  });

  it('refuses what is no page', async () => {
    const project = await factory.project();
    const { key: token } = await factory.projectKey(project.id, ['admin']);
    for (const [query, reason] of [
      ['', 'MISSING_PARAMETERS'],
      ['?projectId=abc', 'INVALID_PARAMETER'],
      [`?projectId=${project.id}&limit=0`, 'INVALID_PARAMETER'],
      [`?projectId=${project.id}&limit=two`, 'INVALID_PARAMETER'],
      [`?projectId=${project.id}&skip=-1`, 'INVALID_PARAMETER'],
      [`?projectId=${project.id}&search=${'x'.repeat(257)}`, 'INVALID_PARAMETER'],
      [`?projectId=${project.id}&search=a%00b`, 'INVALID_PARAMETER'],
    ]) {
      const reply = await send(url, 'GET', `/users${query}`, { token });
      expect({ query, status: reply.status, reason: reply.body.reason }).toEqual({
        query,
        status: 403,
        reason,
      });
    }
  });
});

describe.each(gateway())('POST /users by a key with administration ($name)', ({ url }) => {
  it('makes people who need no confirmation and sends nothing', async () => {
    const project = await factory.project();
    const { key: token } = await factory.projectKey(project.id, ['admin']);
    const owner = await factory.person(project.id);
    const home = await factory.home(owner);
    const email = factory.email();
    const body = { projectId: project.id, email, password, name: 'Kim' };
    const invited = await send(url, 'POST', `/homes/${home.id}/members`, {
      token: owner.token,
      body: { email },
    });
    const mails = () => messagesTo(factory, email);
    const before = (await mails()).length;
    const made = await send(url, 'POST', '/users', { token, body });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ id: invited.body.userId, name: 'Kim', verified: true });
    expect(await mails()).toHaveLength(before);
    expect((await memberLines(home.id)).at(-1)).toMatchObject({
      action: 'changed',
      member: { verified: true, name: 'Kim' },
    });
    const login = { projectId: project.id, appId: 'controller_app', email, password };
    expect((await send(url, 'POST', '/auth/user', { body: login })).status).toBe(200);
  });

  it('is an ordinary registration with any other key', async () => {
    const project = await factory.project();
    for (const key of [
      await factory.projectKey(project.id, ['commands', 'events', 'kv', 'byou']),
      await factory.projectKey((await factory.project()).id, ['admin']),
    ]) {
      await factory.forgetAttempts('sign-up');
      const body = { projectId: project.id, email: factory.email(), password, name: 'Kim' };
      const made = await send(url, 'POST', '/users', { token: key.key, body });
      expect({ status: made.status, verified: made.body.verified }).toEqual({ status: 201, verified: false });
    }
  });
});
