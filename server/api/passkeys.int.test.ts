import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { passkeyChallenges, passkeys, userSessions } from '@/drizzle/schema';
import { signInByPasskey } from '@/server/services/passkeys/sign-in-by-passkey';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { makeBrowser, password } from '@/server/testing/passkeys';
import { SoftAuthenticator } from '@/server/testing/soft-authenticator';

const factory = ground();
const { db } = factory.deps;
beforeEach(() => factory.forgetAttempts('login'));

describe.each(gateway())('passkeys of a person ($name)', ({ url }) => {
  it('are made, listed with their last use, renamed and removed', async () => {
    const browser = await makeBrowser(factory, url);
    const { reply, device } = await browser.enrol('Laptop');
    expect(reply.status).toBe(201);
    const id = device.id.toString('base64url');
    expect(reply.body).toEqual({ id, name: 'Laptop', creationTime: expect.stringMatching(/Z$/) });
    expect((await browser.call('PATCH', `${browser.own}/${id}`, { name: 'Old laptop' })).status).toBe(204);
    const listed = await browser.call('GET', browser.own);
    expect(listed.body.passkeys).toEqual([{ ...reply.body, name: 'Old laptop' }]);
    expect((await browser.call('DELETE', `${browser.own}/${id}`)).status).toBe(204);
    expect((await browser.call('DELETE', `${browser.own}/${id}`)).status).toBe(404);
    expect((await browser.call('GET', browser.own)).body.passkeys).toEqual([]);
  });

  it('are made with the password once more, never by an open browser alone', async () => {
    const browser = await makeBrowser(factory, url);
    const without = await browser.call('POST', `${browser.own}/start`, {});
    expect(without.body).toMatchObject({
      reason: 'MISSING_PARAMETERS',
      data: { details: [{ field: 'password' }] },
    });
    const wrong = await browser.call('POST', `${browser.own}/start`, { password: 'something else 9' });
    expect(wrong.body).toMatchObject({
      reason: 'INCORRECT_PASSWORD',
      data: { details: [{ field: 'password' }] },
    });
    expect(
      await db.select().from(passkeyChallenges).where(eq(passkeyChallenges.userId, browser.person.user.id)),
    ).toEqual([]);
  });

  it('take a fresh sign-in where an account has no password', async () => {
    const person = await factory.person((await factory.project()).id);
    const browser = await makeBrowser(factory, url, person);
    expect((await browser.call('POST', `${browser.own}/start`, {})).status).toBe(200);
    await db
      .update(userSessions)
      .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
      .where(eq(userSessions.id, browser.sessionId));
    expect((await browser.call('POST', `${browser.own}/start`, {})).body.reason).toBe('SIGN_IN_AGAIN');
  });

  it.each([
    ['of another page', { origin: 'http://localhost:1' }],
    ['for another host', { rpId: 'example.com' }],
    ['without finger, face or PIN', { isUnverified: true }],
    ['for another challenge', { challenge: Buffer.alloc(48, 7).toString('base64url') }],
  ])('are refused when made %s', async (_how, twist) => {
    const browser = await makeBrowser(factory, url);
    const { reply } = await browser.enrol('Laptop', twist);
    expect(reply.body).toMatchObject({ reason: 'INVALID_PASSKEY' });
    expect((await browser.call('GET', browser.own)).body.passkeys).toEqual([]);
  });

  it('answer a challenge once, and only that of their own person', async () => {
    const browser = await makeBrowser(factory, url);
    const { credential } = await browser.enrol();
    expect((await browser.call('POST', browser.own, { name: 'Again', credential })).body.reason).toBe(
      'INVALID_PASSKEY',
    );
    const other = await makeBrowser(factory, url);
    const started = await other.call('POST', `${other.own}/start`, { password });
    const stolen = new SoftAuthenticator(browser.origin).create(started.body.options);
    expect(
      (await browser.call('POST', browser.own, { name: 'Stolen', credential: stolen })).body.reason,
    ).toBe('INVALID_PASSKEY');
  });

  it('of one person are nobody else’s to see, rename or remove', async () => {
    const browser = await makeBrowser(factory, url);
    const { device } = await browser.enrol();
    const id = device.id.toString('base64url');
    const other = await makeBrowser(factory, url);
    expect((await other.call('GET', browser.own)).status).toBe(404);
    expect((await other.call('DELETE', `${other.own}/${id}`)).status).toBe(404);
    expect((await other.call('PATCH', `${other.own}/${id}`, { name: 'Mine' })).status).toBe(404);
    expect((await browser.call('GET', browser.own)).body.passkeys).toHaveLength(1);
  });

  it('are not offered at a bare network address, where browsers have none', async () => {
    const person = await factory.person((await factory.project()).id, 'Kim', password);
    const reply = await send(
      url.replace('localhost', '127.0.0.1'),
      'POST',
      `/users/${person.user.id}/passkeys/start`,
      {
        token: person.token,
        body: { password },
      },
    );
    expect(reply).toMatchObject({ status: 409, body: { reason: 'PASSKEYS_NEED_HTTPS' } });
  });

  it('name the doors that ask for one, and to a guest only those of a grant', async () => {
    const browser = await makeBrowser(factory, url);
    const home = await factory.home(browser.person, 'Quay 7');
    const [front, back] = [await factory.lock(home.id, 'Front'), await factory.lock(home.id, 'Back')];
    await factory.lock(home.id, 'Shed');
    await factory.setGesture(front.id, { gesture: 'hold-passkey' });
    await factory.setGesture(back.id, {
      nightGesture: 'hold-passkey',
      nightFromMinute: 0,
      nightUntilMinute: 1,
    });
    const guest = await factory.person(browser.person.user.projectId);
    await factory.member(home.id, guest, 'guest');
    await factory.grant(back.id, guest);
    const own = await browser.call('GET', browser.own);
    expect(own.body.doors).toEqual([
      { lockId: back.id, name: 'Back', homeName: 'Quay 7' },
      { lockId: front.id, name: 'Front', homeName: 'Quay 7' },
    ]);
    const told = await send(url, 'GET', `/users/${guest.user.id}/passkeys`, { token: guest.token });
    expect(told.body.doors.map(({ name }: { name: string }) => name)).toEqual(['Back']);
  });
});

describe('signing in with a passkey', () => {
  const url = inject('url');
  const origin = `http://localhost:${new URL(url).port}`;
  const caller = { address: randomUUID(), origin };
  const start = async () => (await send(origin, 'POST', '/auth/passkey/start')).body.options;
  const enrolled = async () => {
    const browser = await makeBrowser(factory, url);
    const { device } = await browser.enrol();
    const deps = { ...factory.deps, dashboardProject: browser.person.user.projectId };
    const signIn = (answer: object, by: object = deps) =>
      signInByPasskey(by as typeof deps, caller, JSON.stringify(answer));
    return { browser, device, deps, signIn };
  };

  it('makes the session of a browser for whom the passkey names', async () => {
    const { browser, device, signIn } = await enrolled();
    const { token, userId } = await signIn(device.get(await start()));
    expect(userId).toBe(browser.person.user.id);
    const session = await send(url, 'GET', '/userSession', { token });
    expect(session.body).toMatchObject({ userId, appId: 'dashboard' });
    expect((await browser.call('GET', browser.own)).body.passkeys[0].lastUsedTime).toMatch(/Z$/);
  });

  it('takes an answer once', async () => {
    const { device, signIn } = await enrolled();
    const answer = device.get(await start());
    await signIn(answer);
    await expect(signIn(answer)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('refuses a counter that fell back, and a later honest answer still counts', async () => {
    const { device, signIn } = await enrolled();
    await signIn(device.get(await start(), { counter: 9 }));
    await expect(signIn(device.get(await start(), { counter: 9 }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await signIn(device.get(await start(), { counter: 10 }));
  });

  it.each([
    ['another page', { origin: 'http://localhost:1' }],
    ['another host', { rpId: 'example.com' }],
    ['a device that verified nobody', { isUnverified: true }],
    ['another person than it names', { userHandle: Buffer.from('user 1').toString('base64url') }],
  ])('refuses an answer of %s', async (_whose, twist) => {
    const { device, signIn } = await enrolled();
    await expect(signIn(device.get(await start(), twist))).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('refuses a challenge that has run out, one made for a door, and a passkey that was removed', async () => {
    const { browser, device, signIn, deps } = await enrolled();
    const late = device.get(await start());
    const later = { ...deps, clock: { now: () => new Date(Date.now() + 301_000) } };
    await expect(signIn(late, later)).rejects.toMatchObject({ code: 'unauthenticated' });
    const lock = await factory.lock((await factory.home(browser.person)).id);
    await expect(signIn(await browser.prove(device, lock.id))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await db.delete(passkeys).where(eq(passkeys.userId, browser.person.user.id));
    await expect(signIn(device.get(await start()))).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('serves the people of the pages’ project alone', async () => {
    const { device, signIn, deps } = await enrolled();
    const elsewhere = { ...deps, dashboardProject: (await factory.project()).id };
    await expect(signIn(device.get(await start()), elsewhere)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('is counted like a login', async () => {
    const { device, signIn } = await enrolled();
    const answer = device.get(await start());
    await signIn(answer);
    for (let tries = 0; tries < 4; tries += 1)
      await expect(signIn(answer)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(signIn(answer)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});
