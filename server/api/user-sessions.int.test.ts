import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { userSessions, users } from '@/drizzle/schema';
import { isPassword } from '@/server/services/auth/password';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
const password = 'correct horse battery';

describe.each(gateway())('/users/{userId}/sessions ($name)', ({ url }) => {
  let kim: Person;
  let path: string;
  beforeEach(async () => {
    await factory.forgetAttempts('login');
    kim = await factory.person((await factory.project()).id, 'Kim', password);
    path = `/users/${kim.user.id}/sessions`;
  });
  const isAlive = async (token: string) => (await send(url, 'GET', '/userSession', { token })).status === 200;

  it('lists where somebody is signed in, this one first, with what the browser called itself', async () => {
    const login = await send(url, 'POST', '/auth/user', {
      body: { projectId: kim.user.projectId, appId: 'dashboard', email: kim.user.email, password },
      headers: { 'user-agent': 'Test/1.0 (a browser)' },
    });
    const ended = await factory.session(kim);
    await send(url, 'DELETE', '/userSession', { token: ended.token });
    const reply = await send(url, 'GET', path, { token: kim.token });
    expect(reply.status).toBe(200);
    expect(reply.body).toHaveLength(2);
    expect(reply.body[0]).toMatchObject({ id: kim.sessionId, appId: 'controller_app', current: true });
    expect(reply.body[1]).toMatchObject({
      appId: 'dashboard',
      current: false,
      userAgent: 'Test/1.0 (a browser)',
      address: expect.stringMatching(/^[\d.]+$/),
    });
    expect(JSON.stringify(reply.body)).not.toContain(login.body.token);
  });

  it('ends one and leaves the rest', async () => {
    const [one, other] = [await factory.session(kim), await factory.session(kim)];
    expect((await send(url, 'DELETE', `${path}/${one.sessionId}`, { token: kim.token })).status).toBe(204);
    expect(await isAlive(one.token)).toBe(false);
    expect(await isAlive(other.token)).toBe(true);
    expect(await isAlive(kim.token)).toBe(true);
    const again = await send(url, 'DELETE', `${path}/${one.sessionId}`, { token: kim.token });
    expect(again.status).toBe(404);
  });

  it('answers the session of somebody else as one that never was', async () => {
    const eve = await factory.person(kim.user.projectId, 'Eve');
    const [foreign, random, broken] = await Promise.all(
      [eve.sessionId, randomUUID(), 'nothing'].map((id) =>
        send(url, 'DELETE', `${path}/${id}`, { token: kim.token }),
      ),
    );
    expect(foreign?.status).toBe(404);
    expect(foreign?.body).toEqual(random?.body);
    expect(broken?.status).toBe(404);
    expect(await isAlive(eve.token)).toBe(true);
  });

  it('ends all others and keeps the one that asks', async () => {
    const others = [await factory.session(kim), await factory.session(kim, 'dashboard')];
    const reply = await send(url, 'DELETE', path, { token: kim.token });
    expect(reply).toMatchObject({ status: 200, body: { ended: 2 } });
    for (const { token } of others) expect(await isAlive(token)).toBe(false);
    expect(await isAlive(kim.token)).toBe(true);
  });

  it('keeps the last use, to the hour', async () => {
    const early = new Date(Date.now() - 2 * 3_600_000);
    const recent = new Date(Date.now() - 60_000);
    const session = await factory.session(kim);
    const seenAt = async (id: string) =>
      (await db.select().from(userSessions).where(eq(userSessions.id, id)))[0]?.lastSeenAt?.getTime() ?? 0;
    await db.update(userSessions).set({ lastSeenAt: recent }).where(eq(userSessions.id, session.sessionId));
    await db.update(userSessions).set({ lastSeenAt: early }).where(eq(userSessions.id, kim.sessionId));
    await isAlive(session.token);
    await isAlive(kim.token);
    await until(async () => (await seenAt(kim.sessionId)) > recent.getTime());
    expect(await seenAt(session.sessionId)).toBe(recent.getTime());
  });

  it('changes the password for whoever knows it, and ends the other sessions', async () => {
    const other = await factory.session(kim);
    const change = (currentPassword: string, newPassword: string) =>
      send(url, 'POST', `/users/${kim.user.id}/password`, {
        token: kim.token,
        body: { currentPassword, newPassword },
      });
    expect((await change('not the password', 'another word 12')).body).toMatchObject({
      reason: 'INCORRECT_PASSWORD',
    });
    expect((await change(password, 'password1')).body).toMatchObject({ reason: 'PASSWORD_TOO_WEAK' });
    expect(await isAlive(other.token)).toBe(true);
    expect((await change(password, 'another word 12')).status).toBe(204);
    const [user] = await db.select().from(users).where(eq(users.id, kim.user.id));
    expect(await isPassword(user?.passwordHash, 'another word 12')).toBe(true);
    expect(await isAlive(other.token)).toBe(false);
    expect(await isAlive(kim.token)).toBe(true);
    for (let count = 0; count < 4; count += 1) await change('not the password', 'another word 13');
    expect((await change('another word 12', 'another word 13')).status).toBe(429);
  });

  it('keeps the language that somebody chose', async () => {
    const options = { token: kim.token, body: { language: 'nb' } };
    expect((await send(url, 'PATCH', `/users/${kim.user.id}`, options)).status).toBe(204);
    const [user] = await db.select().from(users).where(eq(users.id, kim.user.id));
    expect(user?.language).toBe('nb');
    // One that is not ours is a field that the cloud API does not know, and keeps nothing else from being changed.
    const other = { token: kim.token, body: { language: 'ja', name: 'Kimiko' } };
    expect((await send(url, 'PATCH', `/users/${kim.user.id}`, other)).status).toBe(204);
    const [renamed] = await db.select().from(users).where(eq(users.id, kim.user.id));
    expect(renamed).toMatchObject({ language: 'nb', name: 'Kimiko' });
  });
});
