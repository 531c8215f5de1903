import { and, eq, isNull } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { users, verifications } from '@/drizzle/schema';
import { addUser } from '@/server/services/users/add-user';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { codeTo, messagesTo, tokenTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const password = 'correct horse battery';
const noProject = 900_000_000_000_001;

/** Somebody who has registered and not confirmed the address yet. */
async function registered(projectId: number, verified = false) {
  const email = factory.email();
  return { email, user: await addUser(factory.deps, { projectId, email, password, name: 'Kim', verified }) };
}
const outdate = (userId: number) =>
  db
    .update(verifications)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(and(eq(verifications.userId, userId), isNull(verifications.usedAt)));
const lifeOf = async (userId: number) => {
  const rows = await db.select().from(verifications).where(eq(verifications.userId, userId));
  return rows.map(({ createdAt, expiresAt }) => (expiresAt.getTime() - createdAt.getTime()) / 3_600_000);
};

describe.each(gateway())('messages that confirm an address ($name)', ({ url }) => {
  beforeEach(async () => {
    await factory.forgetAttempts('send from');
    await factory.forgetAttempts('login');
  });
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const reply = await send(url, 'POST', `/auth/user/${path}`, { body, headers });
    return { status: reply.status, body: reply.body, reason: reply.body?.reason, headers: reply.headers };
  };

  it('each call names what is missing or wrong, and refuses projects of another kind', async () => {
    const email = (await factory.project()).id;
    const phone = (await factory.project('phone')).id;
    const byou = (await factory.project('byou')).id;
    const { email: unverified } = await registered(email);
    const { email: verified } = await registered(email, true);
    const cases: [string, object, string][] = [
      ['sms', {}, 'MISSING_PARAMETERS'],
      ['sms', { projectId: phone }, 'MISSING_PARAMETERS'],
      ['sms', { projectId: phone, phoneNumber: null }, 'MISSING_PARAMETERS'],
      ['sms', { projectId: phone, phoneNumber: 4790000000 }, 'INVALID_PARAMETER'],
      ['sms', { projectId: phone, phoneNumber: '90000000' }, 'INVALID_PHONE_NUMBER'],
      ['sms', { projectId: phone, phoneNumber: '+47' }, 'INVALID_PHONE_NUMBER'],
      ['sms', { projectId: phone, phoneNumber: `+${'4'.repeat(30)}` }, 'INVALID_PHONE_NUMBER'],
      ['sms', { projectId: phone, phoneNumber: factory.phone() }, 'INVALID_PHONE_NUMBER'],
      ['sms', { projectId: noProject, phoneNumber: factory.phone() }, 'INVALID_PROJECT_ID'],
      ['sms', { projectId: email, phoneNumber: factory.phone() }, 'OPERATION_NOT_ALLOWED'],
      ['sms', { projectId: byou, phoneNumber: factory.phone() }, 'OPERATION_NOT_ALLOWED'],
      ['emailVerification', {}, 'MISSING_PARAMETERS'],
      ['emailVerification', { token: '' }, 'INVALID_TOKEN'],
      ['emailVerification', { token: 'x'.repeat(40) }, 'INVALID_TOKEN'],
      ['emailVerification', { token: 'x\u0000' }, 'INVALID_TOKEN'],
      ['emailVerification', { token: 'x'.repeat(513) }, 'INVALID_PARAMETER'],
      ['emailVerification', { token: 7 }, 'INVALID_PARAMETER'],
      ['passwordReset', {}, 'MISSING_PARAMETERS'],
      ['passwordReset', { token: 'x' }, 'MISSING_PARAMETERS'],
      ['passwordReset', { token: 'x', newPassword: password }, 'INVALID_TOKEN'],
      ['passwordReset', { token: 'x', newPassword: 5 }, 'INVALID_PARAMETER'],
      ['activation', { token: 'x', password }, 'MISSING_PARAMETERS'],
      ['activation', { token: 'x', name: 'Kim' }, 'MISSING_PARAMETERS'],
      ['activation', { token: 'x', name: '  ', password }, 'INVALID_PARAMETER'],
      ['activation', { token: 'x', name: 'x'.repeat(121), password }, 'INVALID_PARAMETER'],
      ['activation', { token: 'x', name: 'a\u0000', password }, 'INVALID_PARAMETER'],
      ['activation', { token: 'x', name: 'Kim', password }, 'INVALID_TOKEN'],
      ['emailVerification/start', { projectId: email, email: verified }, 'ALREADY_VERIFIED'],
    ];
    for (const path of ['emailVerification/start', 'passwordReset/start']) {
      cases.push(
        [path, {}, 'MISSING_PARAMETERS'],
        [path, { projectId: email }, 'MISSING_PARAMETERS'],
        [path, { projectId: 'x', email: unverified }, 'INVALID_PARAMETER'],
        [path, { projectId: email, email: ['a', 'b'] }, 'INVALID_PARAMETER'],
        [path, { projectId: email, email: 'nobody' }, 'INVALID_EMAIL'],
        [path, { projectId: email, email: `${'x'.repeat(300)}@example.com` }, 'INVALID_EMAIL'],
        [path, { projectId: email, email: factory.email() }, 'UNKNOWN_EMAIL'],
        [path, { projectId: noProject, email: unverified }, 'INVALID_PROJECT_ID'],
        [path, { projectId: phone, email: unverified }, 'OPERATION_NOT_ALLOWED'],
        [path, { projectId: byou, email: unverified }, 'OPERATION_NOT_ALLOWED'],
      );
    }
    for (const [path, body, reason] of cases) {
      const told = await post(path, body);
      expect({ path, body, status: told.status, reason: told.reason }).toEqual({
        path,
        body,
        status: 403,
        reason,
      });
    }
  });

  it('a code by SMS is six digits for ten minutes, and a new one replaces the old', async () => {
    const project = await factory.project('phone');
    const phoneNumber = factory.phone();
    const user = await addUser(factory.deps, { projectId: project.id, phoneNumber, verified: true });
    const sent = await post('sms', { projectId: String(project.id), phoneNumber: ` ${phoneNumber} ` });
    expect(sent).toMatchObject({ status: 200, body: { recipient: phoneNumber } });
    const old = await codeTo(factory, phoneNumber);
    expect(await lifeOf(user.id)).toEqual([1 / 6]);
    let fresh = old;
    while (fresh === old) {
      expect((await post('sms', { projectId: project.id, phoneNumber })).status).toBe(200);
      fresh = await codeTo(factory, phoneNumber);
    }
    const login = { projectId: project.id, appId: 'controller_app', phoneNumber };
    const refused = await send(url, 'POST', '/auth/user', { body: { ...login, code: old } });
    expect(refused.body.reason).toBe('INVALID_AUTH_CODE');
    expect((await send(url, 'POST', '/auth/user', { body: { ...login, code: fresh } })).status).toBe(200);
  });

  it('a code is worth nothing after five wrong guesses, and stands as a hash alone', async () => {
    const project = await factory.project('phone');
    const phoneNumber = factory.phone();
    const user = await addUser(factory.deps, { projectId: project.id, phoneNumber, verified: true });
    await post('sms', { projectId: project.id, phoneNumber });
    const code = await codeTo(factory, phoneNumber);
    const [row] = await db.select().from(verifications).where(eq(verifications.userId, user.id));
    expect(row?.secretHash).toHaveLength(32);
    const login = { projectId: project.id, appId: 'controller_app', phoneNumber };
    for (let guess = 1; guess <= 5; guess += 1) {
      const wrong = String((Number(code) + guess) % 1_000_000).padStart(6, '0');
      const { body } = await send(url, 'POST', '/auth/user', { body: { ...login, code: wrong } });
      expect(body.reason).toBe('INVALID_AUTH_CODE');
    }
    await factory.forgetAttempts('login');
    const sixth = await send(url, 'POST', '/auth/user', { body: { ...login, code } });
    expect(sixth.status).toBe(403);
    expect(sixth.body.reason).toBe('INVALID_AUTH_CODE');
  });

  it.each(['sms', 'emailVerification/start', 'passwordReset/start'])(
    '%s sends five messages in ten minutes and not a sixth',
    async (path) => {
      const isSms = path === 'sms';
      const project = await factory.project(isSms ? 'phone' : 'email');
      const address = isSms ? factory.phone() : factory.email();
      const account = isSms ? { phoneNumber: address } : { email: address };
      await addUser(factory.deps, { projectId: project.id, ...account, verified: false });
      const other = await factory.project(isSms ? 'phone' : 'email');
      await addUser(factory.deps, { projectId: other.id, ...account, verified: false });
      for (let count = 0; count < 5; count += 1)
        expect((await post(path, { projectId: project.id, ...account })).status).toBe(200);
      const sixth = await post(path, {
        projectId: project.id,
        ...(isSms ? account : { email: address.toUpperCase() }),
      });
      expect(sixth.status).toBe(429);
      expect(sixth.body).toEqual({ reason: 'RATE_LIMIT_EXCEEDED' });
      const wait = Number(sixth.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(600);
      expect(
        (await messagesTo(factory, address)).filter(({ projectId }) => projectId === project.id),
      ).toHaveLength(5);
      const elsewhere = await post(path, { projectId: other.id, ...account });
      expect(elsewhere.status).toBe(200);
    },
  );

  it('a verification mail holds a link for seven days that works once', async () => {
    const project = await factory.project();
    const { email, user } = await registered(project.id);
    const start = await post('emailVerification/start', {
      projectId: project.id,
      email: email.toUpperCase(),
    });
    expect(start).toMatchObject({ status: 200, body: { email } });
    const first = await tokenTo(factory, email);
    expect(await lifeOf(user.id)).toEqual([7 * 24]);
    await post('emailVerification/start', { projectId: project.id, email });
    const second = await tokenTo(factory, email);
    expect((await post('emailVerification', { token: first })).reason).toBe('INVALID_TOKEN');
    expect((await post('passwordReset', { token: second, newPassword: password })).reason).toBe(
      'INVALID_TOKEN',
    );
    expect((await post('activation', { token: second, name: 'K', password })).reason).toBe('INVALID_TOKEN');
    const done = await post('emailVerification', { token: ` ${second} ` });
    expect(done).toMatchObject({ status: 200, body: { projectId: project.id, email } });
    expect((await post('emailVerification', { token: second })).reason).toBe('INVALID_TOKEN');
    const [row] = await db.select().from(users).where(eq(users.id, user.id));
    expect(row?.verified).toBe(true);
  });

  it('a token that is too old is no token', async () => {
    const project = await factory.project();
    const { email, user } = await registered(project.id);
    await post('emailVerification/start', { projectId: project.id, email });
    const token = await tokenTo(factory, email);
    await outdate(user.id);
    expect((await post('emailVerification', { token })).reason).toBe('INVALID_TOKEN');
    await post('passwordReset/start', { projectId: project.id, email });
    const reset = await tokenTo(factory, email);
    await outdate(user.id);
    expect((await post('passwordReset', { token: reset, newPassword: 'another long one' })).reason).toBe(
      'INVALID_TOKEN',
    );
  });

  it('of ten who redeem a token at once one does', async () => {
    const project = await factory.project();
    const { email } = await registered(project.id);
    await post('emailVerification/start', { projectId: project.id, email });
    const token = await tokenTo(factory, email);
    const replies = await Promise.all(Array.from({ length: 10 }, () => post('emailVerification', { token })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(403)]);
  });

  it('a reset sets the password once, ends every session and verifies nothing', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id, 'Kim', password);
    const web = await factory.session(kim, 'dashboard');
    const email = kim.user.email as string;
    await db.update(users).set({ verified: false }).where(eq(users.id, kim.user.id));
    const start = await post('passwordReset/start', { projectId: project.id, email });
    expect(start).toMatchObject({ status: 200, body: { email } });
    expect(await lifeOf(kim.user.id)).toEqual([24]);
    const token = await tokenTo(factory, email);
    for (const [newPassword, reason] of [
      ['short', 'PASSWORD_TOO_SHORT'],
      ['password123', 'PASSWORD_TOO_WEAK'],
      [email, 'PASSWORD_TOO_WEAK'],
      ['x'.repeat(129), 'INVALID_PARAMETER'],
    ]) {
      const refused = await post('passwordReset', { token, newPassword });
      expect({ newPassword, status: refused.status, reason: refused.reason }).toEqual({
        newPassword,
        status: 403,
        reason,
      });
      expect(refused.body.data.details[0].field).toBe('newPassword');
    }
    const newPassword = 'another long one';
    const done = await post('passwordReset', { token, newPassword });
    expect(done).toMatchObject({ status: 200, body: { projectId: project.id, email } });
    expect((await post('passwordReset', { token, newPassword })).reason).toBe('INVALID_TOKEN');
    for (const session of [kim.token, web.token])
      expect((await send(url, 'GET', '/userSession', { token: session })).status).toBe(401);
    const login = { projectId: project.id, appId: 'controller_app', email };
    const log = async (word: string) =>
      (await send(url, 'POST', '/auth/user', { body: { ...login, password: word } })).body.reason;
    expect(await log(password)).toBe('INCORRECT_PASSWORD');
    expect(await log(newPassword)).toBe('USER_UNVERIFIED');
    await db.update(users).set({ verified: true }).where(eq(users.id, kim.user.id));
    expect(await log(newPassword)).toBeUndefined();
  });

  it('the placeholder of an invitation is nobody yet', async () => {
    for (const type of ['email', 'phone'] as const) {
      const project = await factory.project(type);
      const address = type === 'email' ? { email: factory.email() } : { phoneNumber: factory.phone() };
      await db.insert(users).values({ projectId: project.id, ...address, registered: false });
      const body = { projectId: project.id, ...address };
      const reasons =
        type === 'email'
          ? [
              (await post('emailVerification/start', body)).reason,
              (await post('passwordReset/start', body)).reason,
            ]
          : [(await post('sms', body)).reason];
      expect(new Set(reasons)).toEqual(
        new Set([type === 'email' ? 'UNKNOWN_EMAIL' : 'INVALID_PHONE_NUMBER']),
      );
    }
  });

  it('writes in the language that the caller asks for, and remembers it', async () => {
    const project = await factory.project();
    const email = factory.email();
    await factory.forgetAttempts('sign-up');
    await send(url, 'POST', '/users', {
      body: { projectId: project.id, email, password, name: 'Kim' },
      headers: { 'accept-language': 'nb-NO,nb;q=0.9,en;q=0.8' },
    });
    expect((await messagesTo(factory, email))[0]?.subject).toBe('Bekreft e-postadressen din');
    await post('passwordReset/start', { projectId: project.id, email });
    expect((await messagesTo(factory, email))[0]?.subject).toBe('Velg et nytt passord');
    await post('passwordReset/start', { projectId: project.id, email }, { 'accept-language': 'en-GB' });
    expect((await messagesTo(factory, email))[0]?.subject).toBe('Set a new password');
  });

  it('takes urlencoded, multipart and JSON alike', async () => {
    const project = await factory.project();
    const { email } = await registered(project.id);
    const fields = { projectId: String(project.id), email };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const body of [new URLSearchParams(fields), form, fields]) {
      const reply = await send(url, 'POST', '/auth/user/passwordReset/start', { body });
      expect({ status: reply.status, body: reply.body }).toEqual({ status: 200, body: { email } });
    }
  });
});
