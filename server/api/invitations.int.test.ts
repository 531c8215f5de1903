import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeEvents, homeMembers, projects, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { messagesTo, tokenTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const password = 'correct horse battery';
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe.each(gateway())('POST /homes/{homeId}/members ($name)', ({ url }) => {
  let projectId: number;
  let owner: Person;
  let member: Person;
  let guest: Person;
  let homeId: number;
  beforeAll(async () => {
    projectId = (await factory.project()).id;
    owner = await factory.person(projectId, 'Owner');
    member = await factory.person(projectId, 'Member');
    guest = await factory.person(projectId, 'Guest');
  });
  beforeEach(async () => {
    await factory.forgetAttempts('send from');
    homeId = (await factory.home(owner, 'Harbour Street')).id;
    await factory.member(homeId, member, 'member');
    await factory.member(homeId, guest, 'guest');
  });
  const call = async (
    method: string,
    person: Person,
    userId: number | string | undefined,
    body?: unknown,
  ) => {
    const path = `/homes/${homeId}/members${userId === undefined ? '' : `/${userId}`}`;
    const reply = await send(url, method, path, {
      token: person.token,
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: reply.status,
      body: reply.body,
      told: `${reply.status} ${reply.body?.reason ?? ''}`.trim(),
    };
  };
  const lines = async () =>
    (
      await db.select().from(homeEvents).where(eq(homeEvents.homeId, homeId)).orderBy(homeEvents.position)
    ).map(({ topic, payload }) => ({ topic, ...(payload as object) }));
  const roles = async () =>
    Object.fromEntries(
      (await db.select().from(homeMembers).where(eq(homeMembers.homeId, homeId))).map(({ userId, role }) => [
        userId,
        role,
      ]),
    );

  it('a mailbox unknown so far gets an invitation, and the person counts after setting up the account', async () => {
    const email = factory.email();
    const invited = await call('POST', owner, undefined, new URLSearchParams({ email: ` ${email} ` }));
    expect(invited.status).toBe(201);
    expect(invited.body).toEqual({
      userId: expect.any(Number),
      creationTime: milliseconds,
      name: '',
      email,
      verified: false,
      role: 'member',
    });
    const { userId } = invited.body;
    expect((await lines()).at(-1)).toEqual({
      topic: 'member',
      action: 'added',
      userId,
      member: invited.body,
    });
    const [mail] = await messagesTo(factory, email);
    expect(mail).toMatchObject({ channel: 'mail', status: 'kept', projectId });
    expect(mail?.subject).toContain('Owner');
    expect(mail?.body).toContain('Harbour Street');
    expect(mail?.body).toContain('/accept-invitation?token=');
    const token = await tokenTo(factory, email);
    const weak = await send(url, 'POST', '/auth/user/activation', {
      body: { token, name: 'Jo', password: 'short' },
    });
    expect(weak.body.reason).toBe('PASSWORD_TOO_SHORT');
    const done = await send(url, 'POST', '/auth/user/activation', {
      body: { token, name: ' Jo ', password },
    });
    expect(done.status).toBe(200);
    expect(done.body).toEqual({ projectId, email });
    const again = await send(url, 'POST', '/auth/user/activation', { body: { token, name: 'X', password } });
    expect(again.body.reason).toBe('INVALID_TOKEN');
    expect((await lines()).at(-1)).toMatchObject({
      action: 'changed',
      member: { name: 'Jo', verified: true },
    });
    await factory.forgetAttempts('login');
    const login = await send(url, 'POST', '/auth/user', {
      body: { projectId, appId: 'controller_app', email, password },
    });
    expect(login.body.userId).toBe(userId);
    expect((await send(url, 'GET', `/homes/${homeId}`, { token: login.body.token })).status).toBe(200);
  });

  it('an activation takes from whoever registered the address before what it had set', async () => {
    const email = factory.email();
    await factory.forgetAttempts('sign-up');
    const body = { projectId, email, password: 'of somebody else', name: 'Mallory' };
    const made = await send(url, 'POST', '/users', { body });
    const stale = await tokenTo(factory, email);
    const invited = await call('POST', owner, undefined, { email });
    expect(invited.body).toMatchObject({ userId: made.body.id, verified: false });
    const token = await tokenTo(factory, email);
    const done = await send(url, 'POST', '/auth/user/activation', { body: { token, name: 'Jo', password } });
    expect(done.status).toBe(200);
    await factory.forgetAttempts('login');
    const login = { projectId, appId: 'controller_app', email };
    const mallory = await send(url, 'POST', '/auth/user', { body: { ...login, password: body.password } });
    expect(mallory.body.reason).toBe('INCORRECT_PASSWORD');
    expect((await send(url, 'POST', '/auth/user/emailVerification', { body: { token: stale } })).status).toBe(
      403,
    );
  });

  it('invitations to two homes are good side by side, and one set up account has both', async () => {
    const email = factory.email();
    await call('POST', owner, undefined, { email });
    const first = await tokenTo(factory, email);
    const other = await factory.home(owner, 'Other');
    const second = await send(url, 'POST', `/homes/${other.id}/members`, {
      token: owner.token,
      body: { email },
    });
    const secondToken = await tokenTo(factory, email);
    const activate = (token: string) =>
      send(url, 'POST', '/auth/user/activation', { body: { token, name: 'Jo', password } });
    expect((await activate(first)).status).toBe(200);
    expect((await activate(secondToken)).body.reason).toBe('INVALID_TOKEN');
    const key = await factory.projectKey(projectId, []);
    const { body } = await send(url, 'GET', `/homes?userId=${second.body.userId}`, { token: key.key });
    expect((body as { id: number }[]).map(({ id }) => id)).toEqual([homeId, other.id]);
  });

  it('somebody with an account is a member at once and gets a notice without a token', async () => {
    const jo = await factory.person(projectId, 'Jo');
    const email = jo.user.email as string;
    const added = await call('POST', member, undefined, { email: email.toUpperCase(), role: 'guest' });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      userId: jo.user.id,
      name: 'Jo',
      verified: true,
      role: 'member',
      accessRole: 'guest',
    });
    const sent = await messagesTo(factory, email);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).not.toContain('token=');
    expect((await call('POST', owner, undefined, { email })).told).toBe('403 MEMBER_EXISTS');
    expect(await messagesTo(factory, email)).toHaveLength(1);
  });

  it('a number gets no SMS; a registration takes the place over, which counts once the code was told', async () => {
    const phone = await factory.project('phone');
    const kim = await factory.person(phone.id);
    homeId = (await factory.home(kim)).id;
    const phoneNumber = factory.phone();
    const invited = await call('POST', kim, undefined, {
      phoneNumber: `${phoneNumber.slice(0, 5)} ${phoneNumber.slice(5)}`,
    });
    expect(invited.status).toBe(201);
    expect(invited.body).toEqual({
      userId: expect.any(Number),
      creationTime: milliseconds,
      name: '',
      phoneNumber,
      verified: false,
      role: 'member',
    });
    expect(await messagesTo(factory, phoneNumber)).toEqual([]);
    await factory.forgetAttempts('sign-up');
    await factory.forgetAttempts('login');
    const made = await send(url, 'POST', '/users', {
      body: { projectId: phone.id, phoneNumber, name: 'Jo' },
    });
    expect(made.body).toMatchObject({ id: invited.body.userId, verified: false });
    expect((await call('GET', kim, made.body.id)).body).toMatchObject({ name: 'Jo', verified: false });
    const code = /\d{6}/.exec((await messagesTo(factory, phoneNumber))[0]?.body ?? '')?.[0];
    const login = await send(url, 'POST', '/auth/user', {
      body: { projectId: phone.id, appId: 'controller_app', phoneNumber, code },
    });
    expect((await send(url, 'GET', `/homes/${homeId}`, { token: login.body.token })).status).toBe(200);
    expect((await lines()).at(-1)).toMatchObject({ action: 'changed', member: { verified: true } });
  });

  it('people of a project with its own accounts must exist', async () => {
    const byou = await factory.project('byou');
    const kim = await factory.person(byou.id);
    const jo = await factory.person(byou.id, 'Jo');
    const stranger = await factory.person((await factory.project('byou')).id);
    homeId = (await factory.home(kim)).id;
    const added = await call('POST', kim, undefined, new URLSearchParams({ userId: String(jo.user.id) }));
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ userId: jo.user.id, name: 'Jo', verified: true, role: 'member' });
    for (const userId of [stranger.user.id, 900_000_000_000_001])
      expect((await call('POST', kim, undefined, { userId })).told).toBe('403 INVALID_USER_ID');
    expect((await call('POST', kim, undefined, { userId: jo.user.id })).told).toBe('403 MEMBER_EXISTS');
  });

  it('names what is missing or wrong', async () => {
    const phone = await factory.project('phone');
    const byou = await factory.project('byou');
    const [ofPhone, ofByou] = [await factory.person(phone.id), await factory.person(byou.id)];
    const homeOf = async (person: Person) => (await factory.home(person)).id;
    const places = {
      email: { person: owner, home: homeId },
      phone: { person: ofPhone, home: await homeOf(ofPhone) },
      byou: { person: ofByou, home: await homeOf(ofByou) },
    };
    const email = factory.email();
    const cases: [keyof typeof places, object, string][] = [
      ['email', {}, 'MISSING_PARAMETERS'],
      ['email', { email: null }, 'MISSING_PARAMETERS'],
      ['email', { phoneNumber: factory.phone() }, 'MISSING_PARAMETERS'],
      ['email', { userId: 1 }, 'MISSING_PARAMETERS'],
      ['email', { email: 5 }, 'INVALID_PARAMETER'],
      ['email', { email: 'nobody' }, 'INVALID_EMAIL'],
      ['email', { email: `${'x'.repeat(300)}@example.com` }, 'INVALID_EMAIL'],
      ['email', { email, role: 'king' }, 'INVALID_PARAMETER'],
      ['email', { email, role: ['owner'] }, 'INVALID_PARAMETER'],
      ['phone', {}, 'MISSING_PARAMETERS'],
      ['phone', { email }, 'MISSING_PARAMETERS'],
      ['phone', { phoneNumber: '90000000' }, 'INVALID_PHONE_NUMBER'],
      ['phone', { phoneNumber: '+47\u00009000000' }, 'INVALID_PHONE_NUMBER'],
      ['byou', {}, 'MISSING_PARAMETERS'],
      ['byou', { userId: 0 }, 'MISSING_PARAMETERS'],
      ['byou', { userId: 'abc' }, 'INVALID_PARAMETER'],
      ['byou', { userId: -1 }, 'INVALID_PARAMETER'],
    ];
    for (const [place, body, reason] of cases) {
      homeId = places[place].home;
      const reply = await call('POST', places[place].person, undefined, body);
      expect({ place, body, told: reply.told }).toEqual({ place, body, told: `403 ${reason}` });
    }
    expect(await db.select().from(users).where(eq(users.email, email))).toEqual([]);
  });

  it('an invitation that was taken back opens no account', async () => {
    const email = factory.email();
    const { body } = await call('POST', owner, undefined, { email });
    const token = await tokenTo(factory, email);
    expect((await call('DELETE', owner, body.userId)).status).toBe(204);
    const late = await send(url, 'POST', '/auth/user/activation', { body: { token, name: 'Jo', password } });
    expect(late.body.reason).toBe('INVALID_TOKEN');
    expect((await call('POST', owner, undefined, { email })).body.userId).toBe(body.userId);
  });

  it('stops at the quota of the project and after five mails to one address', async () => {
    const full = await factory.project();
    const kim = await factory.person(full.id);
    homeId = (await factory.home(kim)).id;
    await db.update(projects).set({ maxUsers: 1 }).where(eq(projects.id, full.id));
    expect((await call('POST', kim, undefined, { email: factory.email() })).told).toBe(
      '403 EXCEEDED_MAX_USERS',
    );
    await db.update(projects).set({ maxUsers: null }).where(eq(projects.id, full.id));
    const email = factory.email();
    for (let count = 0; count < 5; count += 1) {
      const { body } = await call('POST', kim, undefined, { email });
      await db
        .delete(homeMembers)
        .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, body.userId)));
    }
    expect((await call('POST', kim, undefined, { email })).told).toBe('429 RATE_LIMIT_EXCEEDED');
    expect(await messagesTo(factory, email)).toHaveLength(5);
    expect(await roles()).toEqual({ [kim.user.id]: 'owner' });
  });

  it('makes one member of ten invitations at once', async () => {
    const email = factory.email();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => call('POST', owner, undefined, { email })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(403)]);
    expect(await messagesTo(factory, email)).toHaveLength(1);
  });
});
