import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { userSessions } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();

describe.each(gateway())('/userSession ($name)', ({ url }) => {
  it('tells the session of the token', async () => {
    const kim = await factory.person((await factory.project()).id);
    const reply = await send(url, 'GET', '/userSession', { token: kim.token });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      userId: kim.user.id,
      appId: 'controller_app',
      projectId: kim.user.projectId,
      creationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('ends that session at once, with or without a body, and no other', async () => {
    const kim = await factory.person((await factory.project()).id);
    for (const body of [undefined, {}]) {
      const session = await factory.session(kim);
      const options = { token: session.token, ...(body === undefined ? {} : { body }) };
      const reply = await send(url, 'DELETE', '/userSession', options);
      expect(reply.status).toBe(204);
      expect(reply.body).toBeUndefined();
      const [row] = await factory.deps.db
        .select()
        .from(userSessions)
        .where(eq(userSessions.id, session.sessionId));
      expect(row?.revokedAt).toBeInstanceOf(Date);
      for (const method of ['GET', 'DELETE']) {
        const after = await send(url, method, '/userSession', { token: session.token });
        expect(after.status).toBe(401);
        expect(after.body).toEqual({ reason: 'UNAUTHENTICATED_CLIENT' });
      }
    }
    expect((await send(url, 'GET', '/userSession', { token: kim.token })).status).toBe(200);
  });

  it('of the web ends by itself', async () => {
    const kim = await factory.person((await factory.project()).id);
    const web = await factory.session(kim, 'dashboard');
    const cookie = { cookie: `latchkey.session=${web.token}` };
    expect((await send(url, 'GET', '/userSession', { headers: cookie })).body).toMatchObject({
      appId: 'dashboard',
    });
    const [row] = await factory.deps.db.select().from(userSessions).where(eq(userSessions.id, web.sessionId));
    expect((row?.expiresAt?.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)).toBe(30 * 24 * 3_600_000);
    await factory.deps.db
      .update(userSessions)
      .set({ expiresAt: new Date() })
      .where(eq(userSessions.id, web.sessionId));
    expect((await send(url, 'GET', '/userSession', { headers: cookie })).status).toBe(401);
  });
});
