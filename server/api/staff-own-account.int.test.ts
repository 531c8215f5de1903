import { and, asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { auditEntries, staffAccounts } from '@/drizzle/schema';
import type { Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { SoftAuthenticator } from '@/server/testing/soft-authenticator';
import { base32Of, codeOf, StaffBrowser, wrongCodeOf } from '@/server/testing/staff-browser';

const factory = ground();
const { db } = factory.deps;
const password = 'a long enough phrase';

describe.each(gateway())('the own account of a member of staff ($name)', ({ url }) => {
  const origin = `http://localhost:${new URL(url).port}`;
  const known = () => factory.staff('support', [], password);
  const browserOf = (staff: Staff) => {
    const one = new StaffBrowser(origin);
    one.cookie = staff.caller.headers.cookie;
    return one;
  };
  /** A second browser of the same account, its second factor proved. */
  const elsewhere = async (staff: Staff) => {
    const one = new StaffBrowser(origin);
    await one.signIn(staff.account.email, password);
    expect((await one.prove(codeOf(base32Of(staff.secret)))).status).toBe(200);
    return one;
  };
  const isIn = async (one: StaffBrowser) => (await one.ask('GET', '/staff/account')).status === 200;
  const deedsAt = async (staff: Staff) =>
    (
      await db
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(
          and(eq(auditEntries.subjectKind, 'staff'), eq(auditEntries.subjectId, String(staff.account.id))),
        )
        .orderBy(asc(auditEntries.id))
    ).map(({ action }) => action);
  /** The account may use codes of the present anew, as if half a minute had passed. */
  const later = (staff: Staff) =>
    db.update(staffAccounts).set({ totpStep: null }).where(eq(staffAccounts.id, staff.account.id));

  it('changes its password by the old one and a code, and ends every other session', async () => {
    const staff = await known();
    const [one, other] = [browserOf(staff), await elsewhere(staff)];
    await later(staff);
    const secret = base32Of(staff.secret);
    const wanted = { currentPassword: password, newPassword: 'another long phrase', code: codeOf(secret) };
    const change = (body: object) => one.ask('POST', '/staff/account/password', { ...wanted, ...body });
    for (const [body, reason] of [
      [{ currentPassword: 'not the password' }, 'INCORRECT_PASSWORD'],
      [{ newPassword: 'elevenchars' }, 'PASSWORD_TOO_SHORT'],
      [{ newPassword: staff.account.email }, 'PASSWORD_TOO_WEAK'],
      [{ code: wrongCodeOf(secret) }, 'INVALID_AUTH_CODE'],
    ] as const)
      expect(await change(body)).toMatchObject({ status: 403, body: { reason } });
    expect(await isIn(other)).toBe(true);
    expect((await change({})).status).toBe(204);
    expect([await isIn(one), await isIn(other)]).toEqual([true, false]);
    expect((await one.signIn(staff.account.email, password)).status).toBe(401);
    expect((await new StaffBrowser(origin).signIn(staff.account.email, wanted.newPassword)).status).toBe(200);
    expect(await deedsAt(staff)).toEqual(
      expect.arrayContaining(['staff.refuseCode', 'staff.changePassword']),
    );
    // A code is good once, here too.
    const again = { currentPassword: wanted.newPassword, newPassword: password };
    expect(
      (await browserOf(staff).ask('POST', '/staff/account/password', { ...wanted, ...again })).body,
    ).toMatchObject({
      reason: 'USED_AUTH_CODE',
    });
  });

  it('puts another authenticator in place of its own, by a code of each', async () => {
    const staff = await known();
    const one = browserOf(staff);
    const old = base32Of(staff.secret);
    const start = (code: string) => one.ask('POST', '/staff/account/authenticator/start', { code });
    const prove = (code: string) => one.ask('POST', '/staff/account/authenticator', { code });
    expect((await prove(codeOf(old))).status).toBe(409);
    expect((await start(wrongCodeOf(old))).body).toMatchObject({ reason: 'INVALID_AUTH_CODE' });
    const { secret } = (await start(codeOf(old))).body;
    expect((await prove(wrongCodeOf(secret))).body).toMatchObject({ reason: 'INVALID_AUTH_CODE' });
    // The old one counts until a code of the new one was proved.
    await later(staff);
    const other = await elsewhere(staff);
    expect((await prove(codeOf(secret))).status).toBe(204);
    expect([await isIn(one), await isIn(other)]).toEqual([true, false]);
    await later(staff);
    const back = new StaffBrowser(origin);
    await back.signIn(staff.account.email, password);
    expect((await back.prove(codeOf(old))).body).toMatchObject({ reason: 'INVALID_AUTH_CODE' });
    expect((await back.prove(codeOf(secret))).status).toBe(200);
    expect(await deedsAt(staff)).toContain('staff.changeFactor');
  });

  it('signs in by a passkey of its own in place of a code, and by no other', async () => {
    const [staff, stranger] = [await known(), await known()];
    const make = async (who: Staff) => {
      const one = browserOf(who);
      const code = codeOf(base32Of(who.secret));
      const { options } = (await one.ask('POST', '/staff/account/passkeys/start', { code })).body;
      const device = new SoftAuthenticator(origin);
      const credential = device.create(options);
      const add = { name: 'Laptop', credential };
      const reply = await one.ask('POST', '/staff/account/passkeys', add);
      expect(reply).toMatchObject({ status: 201, body: { name: 'Laptop' } });
      expect((await one.ask('POST', '/staff/account/passkeys', add)).body.reason).toBe('INVALID_PASSKEY');
      return { device, id: reply.body.id as string };
    };
    const own = await make(staff);
    const others = await make(stranger);
    const bare = browserOf(staff);
    expect(
      (await bare.ask('POST', '/staff/account/passkeys/start', { code: wrongCodeOf(base32Of(staff.secret)) }))
        .body,
    ).toMatchObject({
      reason: 'INVALID_AUTH_CODE',
    });

    const one = new StaffBrowser(origin);
    const start = () => one.ask('POST', '/staff/session/passkey/start');
    const prove = (credential: object) => one.ask('POST', '/staff/session/passkey', { credential });
    expect((await start()).status).toBe(401);
    expect((await one.signIn(staff.account.email, password)).body).toMatchObject({
      step: 'code',
      hasPasskey: true,
    });
    const { options } = (await start()).body;
    expect(options.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([own.id]);
    expect((await prove(others.device.get(options))).body).toMatchObject({ reason: 'INVALID_PASSKEY' });
    expect(await isIn(one)).toBe(false);
    const used = own.device.get((await start()).body.options);
    const before = one.cookie;
    expect((await prove(used)).body).toMatchObject({ step: 'done' });
    expect(await isIn(one)).toBe(true);
    expect(one.cookie).not.toBe(before);

    const third = new StaffBrowser(origin);
    await third.signIn(staff.account.email, password);
    expect((await third.ask('POST', '/staff/session/passkey', { credential: used })).body).toMatchObject({
      reason: 'INVALID_PASSKEY',
    });
    const remove = (who: Staff) => browserOf(who).ask('DELETE', `/staff/account/passkeys/${own.id}`);
    expect([(await remove(stranger)).status, (await remove(staff)).status]).toEqual([404, 204]);
    expect((await third.ask('POST', '/staff/session/passkey/start')).body.reason).toBe('FACTOR_MISSING');
    expect(await deedsAt(staff)).toEqual(
      expect.arrayContaining(['staff.addPasskey', 'staff.signIn', 'staff.removePasskey']),
    );
  });

  it('sees where it is signed in, and ends all but this one', async () => {
    const staff = await known();
    const [one, other] = [browserOf(staff), await elsewhere(staff)];
    const half = new StaffBrowser(origin);
    await half.signIn(staff.account.email, password);
    const { account, sessions } = (await one.ask('GET', '/staff/account')).body;
    expect(account).toMatchObject({ id: staff.account.id, email: staff.account.email });
    expect(sessions.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    expect((await one.ask('DELETE', '/staff/account/sessions')).body).toEqual({ ended: 2 });
    expect([await isIn(one), await isIn(other), await half.step()]).toEqual([true, false, 'password']);
    expect((await one.ask('GET', '/staff/account')).body.sessions).toHaveLength(1);
  });
});
