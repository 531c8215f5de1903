import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { messages, users, verifications } from '@/drizzle/schema';
import { issueVerification } from '@/server/services/auth/issue-verification';
import { addUser } from '@/server/services/users/add-user';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const password = 'correct horse battery';
const tokenShape = /^v1\.[A-Za-z0-9+/]+=*\.\d{10}\.[0-9a-f]{56}$/;

/** Somebody who was just sent a code. */
async function withCode(projectId: number) {
  const phoneNumber = factory.phone();
  const user = await addUser(factory.deps, { projectId, phoneNumber, name: 'Kim', verified: false });
  await issueVerification(factory.deps, db, user, undefined);
  const [sent] = await db.select().from(messages).where(eq(messages.recipient, phoneNumber));
  return { user, phoneNumber, code: /\d{6}/.exec(sent?.body ?? '')?.[0] as string };
}

describe.each(mounts())('POST /auth/user ($name)', ({ url }) => {
  beforeEach(() => factory.forgetAttempts('login'));
  const post = (body: object) => send(url, 'POST', '/auth/user', { body });
  const refused = (reason: string, field: string) => ({
    status: 403,
    body: { reason, data: { details: [{ field, message: expect.any(String) }] } },
  });

  it('gives a new token at every login and keeps the older ones', async () => {
    const project = await factory.project();
    const { user } = await factory.person(project.id, 'Kim', password);
    const body = {
      projectId: project.id,
      appId: 'controller_app',
      email: user.email?.toUpperCase(),
      password,
    };
    const [first, second] = [await post(body), await post(body)];
    for (const reply of [first, second]) {
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({ token: expect.stringMatching(tokenShape), userId: user.id });
      expect(Buffer.from(reply.body.token.split('.')[1], 'base64').toString()).toMatch(/^us\|/);
      const who = await send(url, 'GET', '/auth', { token: reply.body.token });
      expect(who.body).toEqual({
        type: 'user',
        userId: user.id,
        appId: 'controller_app',
        projectId: project.id,
      });
    }
    expect(first.body.token).not.toBe(second.body.token);
  });

  it('tells the callers of its project what is wrong', async () => {
    const project = await factory.project();
    const { user } = await factory.person(project.id, 'Kim', password);
    const { user: unverified } = await factory.person(project.id, 'Jo', password);
    await db.update(users).set({ verified: false }).where(eq(users.id, unverified.id));
    const good = { projectId: project.id, appId: 'controller_app', email: user.email, password };
    const cases: [object, string, string][] = [
      [{ ...good, projectId: undefined }, 'MISSING_PARAMETERS', 'projectId'],
      [{ ...good, projectId: 900_000_000_000_001 }, 'INVALID_PROJECT_ID', 'projectId'],
      [{ ...good, appId: undefined }, 'MISSING_PARAMETERS', 'appId'],
      [{ ...good, appId: 'another_app' }, 'INVALID_APP_ID', 'appId'],
      [{ ...good, appId: 'a\u0000b' }, 'INVALID_PARAMETER', 'appId'],
      [{ ...good, appId: 7 }, 'INVALID_PARAMETER', 'appId'],
      [{ ...good, email: undefined }, 'MISSING_PARAMETERS', 'email'],
      [{ ...good, email: 'nobody' }, 'INVALID_EMAIL', 'email'],
      [{ ...good, email: 'a\u0000@example.com' }, 'INVALID_EMAIL', 'email'],
      [{ ...good, email: factory.email() }, 'UNKNOWN_EMAIL', 'email'],
      [{ ...good, password: undefined }, 'MISSING_PARAMETERS', 'password'],
      [{ ...good, password: `${password}!` }, 'INCORRECT_PASSWORD', 'password'],
      [{ ...good, password: 'a\u0000b' }, 'INCORRECT_PASSWORD', 'password'],
      [{ ...good, password: 'x'.repeat(100_000) }, 'INCORRECT_PASSWORD', 'password'],
      [{ ...good, email: unverified.email }, 'USER_UNVERIFIED', 'email'],
      [{ ...good, email: unverified.email, password: 'wrong' }, 'INCORRECT_PASSWORD', 'password'],
    ];
    for (const [body, reason, field] of cases) {
      await factory.forgetAttempts('login');
      const { status, body: told } = await post(body);
      expect({ body, status, told }).toEqual({ body, status: 403, told: refused(reason, field).body });
    }
  });

  it('knows nobody without a password, and no account of another project', async () => {
    const project = await factory.project();
    const { user } = await factory.person(project.id);
    const body = { projectId: project.id, appId: 'controller_app', email: user.email, password };
    expect(await post(body)).toMatchObject(refused('INCORRECT_PASSWORD', 'password'));
    const other = { ...body, projectId: (await factory.project()).id };
    expect(await post(other)).toMatchObject(refused('UNKNOWN_EMAIL', 'email'));
  });

  it('asks to wait after five logins of one account in a minute, and leaves other accounts alone', async () => {
    const project = await factory.project();
    const { user } = await factory.person(project.id, 'Kim', password);
    const { user: other } = await factory.person(project.id, 'Jo', password);
    const body = { projectId: project.id, appId: 'controller_app', email: user.email, password: 'wrong one' };
    for (let count = 0; count < 5; count += 1) {
      const email = count % 2 === 0 ? body.email : body.email?.toUpperCase();
      expect((await post({ ...body, email })).status).toBe(403);
    }
    const sixth = await post({ ...body, password });
    expect(sixth.status).toBe(429);
    expect(sixth.body).toEqual({ reason: 'RATE_LIMIT_EXCEEDED' });
    const wait = Number(sixth.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect((await post({ ...body, email: other.email, password })).status).toBe(200);
  });

  it('takes a code that was sent by SMS, once, and the number counts as verified from then on', async () => {
    const project = await factory.project('phone');
    const { user: made, phoneNumber, code } = await withCode(project.id);
    const body = { projectId: project.id, appId: 'controller_app', phoneNumber };
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect(await post({ ...body, code: wrong })).toMatchObject(refused('INVALID_AUTH_CODE', 'code'));
    expect(await post(body)).toMatchObject(refused('MISSING_PARAMETERS', 'code'));
    const reply = await post({ ...body, code: ` ${code} ` });
    expect(reply.status).toBe(200);
    expect(reply.body.userId).toBe(made.id);
    const [user] = await db.select().from(users).where(eq(users.id, made.id));
    expect(user?.verified).toBe(true);
    expect(await post({ ...body, code })).toMatchObject(refused('INVALID_AUTH_CODE', 'code'));
  });

  it('gives up a code after five wrong tries and after ten minutes', async () => {
    const project = await factory.project('phone');
    for (const spoil of ['tries', 'age'] as const) {
      const { user, phoneNumber, code } = await withCode(project.id);
      const body = { projectId: project.id, appId: 'controller_app', phoneNumber };
      if (spoil === 'age') {
        const [issued] = await db.select().from(verifications).where(eq(verifications.userId, user.id));
        const life = (issued?.expiresAt.getTime() ?? 0) - (issued?.createdAt.getTime() ?? 0);
        expect(life).toBe(600_000);
        await db
          .update(verifications)
          .set({ expiresAt: new Date() })
          .where(eq(verifications.userId, user.id));
      } else {
        for (let count = 0; count < 5; count += 1) await post({ ...body, code: 'abcdef' });
        await factory.forgetAttempts('login');
      }
      expect(await post({ ...body, code })).toMatchObject(refused('INVALID_AUTH_CODE', 'code'));
    }
  });
});

describe.each(mounts())('GET /auth ($name)', ({ url }) => {
  it('says who is calling, and nobody for whatever is no good', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const key = await factory.projectKey(project.id);
    const who = async (credentials: object) => {
      const reply = await send(url, 'GET', '/auth', credentials);
      expect(reply.status).toBe(200);
      return reply.body;
    };
    const user = { type: 'user', userId: kim.user.id, appId: 'controller_app', projectId: project.id };
    expect(await who({ token: kim.token })).toEqual(user);
    expect(await who({ token: key.key })).toEqual({
      type: 'project key',
      projectKeyName: 'integration',
      projectId: project.id,
    });
    const nobody = { type: 'nobody' };
    expect(await who({})).toEqual(nobody);
    expect(await who({ token: 'v1.a.1.b' })).toEqual(nobody);
    expect(await who({ bearer: 'a.b.c' })).toEqual(nobody);
    expect(await who({ headers: { authorization: 'Basic eDp5' } })).toEqual(nobody);
    expect(await who({ apiKey: (await factory.orgKey(project.id)).key })).toEqual(nobody);
  });
});
