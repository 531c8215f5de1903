import { and, asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEntries, staffAccounts, staffSessions } from '@/drizzle/schema';
import { addAccount } from '@/server/services/staff/add-account';
import { operator } from '@/server/services/staff/operator';
import type { Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';
import { base32Of, codeOf, StaffBrowser, wrongCodeOf } from '@/server/testing/staff-browser';

const factory = ground();
const { db } = factory.deps;
const password = 'a long enough phrase';
const wrong = { status: 401, body: { reason: 'INCORRECT_PASSWORD' } };

/** What the record says was done to an account, oldest first. */
const deedsAt = async (accountId: number) =>
  (
    await db
      .select({ action: auditEntries.action, by: auditEntries.actorId })
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectKind, 'staff'), eq(auditEntries.subjectId, String(accountId))))
      .orderBy(asc(auditEntries.id))
  ).map(({ action, by }) => `${action} by ${by}`);

const invited = async () => {
  const wanted = { email: factory.email(), name: 'Ada', role: 'support', projects: 'all' } as const;
  const { account, setUp } = await addAccount(factory.deps, operator, wanted);
  return { account, token: setUp?.path.split('token=')[1] ?? '' };
};

describe.each(mounts())('a member of staff signs in ($name)', ({ url }) => {
  const browser = (headers?: Record<string, string>) => new StaffBrowser(url, headers);
  const known = () => factory.staff('admin', 'all', password);
  /** Whether the browser is signed in as staff: the list is for administrators alone. */
  const isIn = async (one: StaffBrowser) => (await one.ask('GET', '/staff/accounts')).status === 200;
  const signedIn = async (staff: Staff) => {
    const one = browser();
    one.cookie = staff.caller.headers.cookie;
    return one;
  };

  it('sets up by a link, enrols an authenticator, and comes back with a code of it', async () => {
    const { account, token } = await invited();
    const one = browser();
    const setUp = (body: object) => one.ask('POST', '/staff/setup', body);
    for (const [given, reason] of [
      ['elevenchars', 'PASSWORD_TOO_SHORT'],
      [account.email, 'PASSWORD_TOO_WEAK'],
    ]) {
      expect((await setUp({ token, password: given })).body).toMatchObject({ reason });
    }
    expect((await setUp({ token, password })).body).toEqual({ email: account.email });
    expect((await setUp({ token, password })).body).toMatchObject({ reason: 'INVALID_TOKEN' });

    const begun = await one.signIn(account.email.toUpperCase(), password);
    expect(begun).toMatchObject({
      status: 200,
      body: { step: 'enrol', account: { id: account.id, name: 'Ada' } },
    });
    expect((await one.prove('123456')).body).toMatchObject({ reason: 'FACTOR_MISSING' });
    const first = await one.ask('POST', '/staff/session/factor/start');
    const { body: shown } = await one.ask('POST', '/staff/session/factor/start');
    expect(new URL(shown.uri).searchParams.get('secret')).toBe(shown.secret);
    expect((await one.prove(codeOf(first.body.secret))).body).toMatchObject({ reason: 'INVALID_AUTH_CODE' });
    expect(await one.step()).toBe('enrol');
    const before = one.cookie;
    const used = codeOf(shown.secret);
    expect((await one.prove(used)).body).toMatchObject({ step: 'done' });
    expect(await one.step()).toBe('done');
    expect(one.cookie).not.toBe(before);
    const old = browser();
    old.cookie = before;
    expect(await old.step()).toBe('password');
    expect((await one.ask('POST', '/staff/session/factor/start')).status).toBe(409);

    expect((await one.ask('DELETE', '/staff/session')).status).toBe(204);
    expect(one.cookie).toBeUndefined();
    expect((await one.signIn(account.email, password)).body.step).toBe('code');
    expect((await one.prove(used)).body).toMatchObject({ reason: 'USED_AUTH_CODE' });
    expect((await one.prove(codeOf(shown.secret, 1))).body).toMatchObject({ step: 'done' });
    const self = String(account.id);
    expect(await deedsAt(account.id)).toEqual([
      'staff.create by 0',
      `staff.setUp by ${self}`,
      `staff.refuseCode by ${self}`,
      `staff.enrolFactor by ${self}`,
      `staff.signIn by ${self}`,
      `staff.signOut by ${self}`,
      `staff.refuseCode by ${self}`,
      `staff.signIn by ${self}`,
    ]);
    const [row] = await db.select().from(staffAccounts).where(eq(staffAccounts.id, account.id));
    expect(JSON.stringify(row)).not.toContain(shown.secret);
  });

  it('is told the same of an unknown address, a wrong password, no password yet and an account that is off', async () => {
    const staff = await known();
    const off = await known();
    await db
      .update(staffAccounts)
      .set({ disabledAt: new Date() })
      .where(eq(staffAccounts.id, off.account.id));
    const { account: waiting } = await invited();
    for (const [email, given] of [
      [factory.email(), password],
      [staff.account.email, 'another long phrase'],
      [waiting.email, password],
      [off.account.email, password],
      ['no address', password],
    ] as const) {
      const one = browser();
      const { status, body } = await one.signIn(email, given);
      expect({ email, status, body }).toEqual({ email, ...wrong });
      expect(one.cookie).toBeUndefined();
    }
  });

  it('may try five times a minute', async () => {
    const { account } = await known();
    const one = browser();
    for (let count = 0; count < 5; count += 1)
      expect((await one.signIn(account.email, 'another long phrase')).status).toBe(401);
    const refused = await one.signIn(account.email, password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is nobody before the second factor is proved', async () => {
    const { account, secret } = await known();
    const one = browser();
    expect((await one.signIn(account.email, password)).body.step).toBe('code');
    expect(await isIn(one)).toBe(false);
    expect((await one.ask('POST', '/staff/session/factor/start')).status).toBe(409);
    expect((await one.prove(codeOf(base32Of(secret)))).status).toBe(200);
    expect(await isIn(one)).toBe(true);
  });

  it('proves a code once, however many ask at the same moment', async () => {
    const { account, secret } = await known();
    const browsers = [browser(), browser(), browser()];
    for (const one of browsers) await one.signIn(account.email, password);
    const code = codeOf(base32Of(secret));
    const told = await Promise.all(browsers.map((one) => one.prove(code)));
    expect(told.map(({ body }) => body.step ?? body.reason).sort()).toEqual([
      'USED_AUTH_CODE',
      'USED_AUTH_CODE',
      'done',
    ]);
  });

  it('guesses ten codes in a quarter of an hour and no more, not even the right one', async () => {
    const { account, secret } = await known();
    const one = browser();
    await one.signIn(account.email, password);
    const guess = wrongCodeOf(base32Of(secret));
    for (let count = 0; count < 10; count += 1)
      expect((await one.prove(guess)).body).toMatchObject({ reason: 'INVALID_AUTH_CODE' });
    expect((await one.prove(codeOf(base32Of(secret)))).status).toBe(429);
    expect(await isIn(one)).toBe(false);
  });

  it('is asked for six digits, which may be written apart', async () => {
    const { account, secret } = await known();
    const one = browser();
    await one.signIn(account.email, password);
    for (const code of ['12345', 'abcdef', '1234567', ''])
      expect((await one.prove(code)).body).toMatchObject({ reason: 'INVALID_PARAMETER' });
    const code = codeOf(base32Of(secret));
    expect((await one.prove(`${code.slice(0, 3)} ${code.slice(3)}`)).body.step).toBe('done');
  });

  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  it.each([
    ['ended', { revokedAt: new Date() }],
    ['past its eight hours', { expiresAt: minutes(-1) }],
    ['unused for half an hour', { lastSeenAt: minutes(-30) }],
    ['not proved', { provedAt: null }],
  ])('a session that is %s is none', async (_what, change) => {
    const staff = await known();
    const one = await signedIn(staff);
    expect(await isIn(one)).toBe(true);
    await db.update(staffSessions).set(change).where(eq(staffSessions.id, staff.sessionId));
    expect(await isIn(one)).toBe(false);
  });

  it('has a full session for eight hours from the second factor on, and ten minutes to prove it', async () => {
    const { account, secret } = await known();
    const one = browser();
    const lifeOf = ({ body }: { body: { expirationTime: string } }) =>
      (Date.parse(body.expirationTime) - Date.now()) / 60_000;
    const begun = lifeOf(await one.signIn(account.email, password));
    const proved = lifeOf(await one.prove(codeOf(base32Of(secret))));
    expect(begun).toBeLessThanOrEqual(10);
    expect(proved).toBeGreaterThan(7 * 60);
    expect(proved).toBeLessThanOrEqual(8 * 60);
  });

  it('is seen once a minute at most', async () => {
    const staff = await known();
    const one = await signedIn(staff);
    const seen = async () =>
      (await db.select().from(staffSessions).where(eq(staffSessions.id, staff.sessionId)))[0]?.lastSeenAt;
    for (const [ago, isKept] of [
      [0.5, true],
      [2, false],
    ] as const) {
      const lastSeenAt = minutes(-ago);
      await db.update(staffSessions).set({ lastSeenAt }).where(eq(staffSessions.id, staff.sessionId));
      await isIn(one);
      expect((await seen())?.getTime() === lastSeenAt.getTime()).toBe(isKept);
    }
  });

  it('has a cookie for this origin alone, which scripts do not see', async () => {
    const { account } = await known();
    const parts = async (headers: Record<string, string>) =>
      (await browser(headers).ask('POST', '/staff/session', { email: account.email, password })).headers
        .getSetCookie()
        .flatMap((cookie) => cookie.split('; ').map((part) => part.replace(/=[A-Za-z0-9]{40}$/, '=token')));
    const bound = ['Path=/', 'HttpOnly', 'SameSite=Strict'];
    expect(await parts({})).toEqual(['latchkey.staff=token', ...bound]);
    expect(await parts({ 'x-forwarded-proto': 'https' })).toEqual([
      '__Host-latchkey-staff=token',
      ...bound,
      'Secure',
    ]);
  });

  it('does nothing for the pages of others', async () => {
    const staff = await known();
    const one = await signedIn(staff);
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': '', origin: 'https://elsewhere.example' },
    ];
    for (const headers of foreign) {
      const stranger = browser(headers);
      expect((await stranger.signIn(staff.account.email, password)).status).toBe(403);
      stranger.cookie = one.cookie;
      expect((await stranger.ask('DELETE', '/staff/session')).status).toBe(403);
    }
    expect(await isIn(one)).toBe(true);
  });
});
