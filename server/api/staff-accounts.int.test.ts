import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditEntries, type staffAccounts } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;

describe.each(gateway())('staff accounts ($name)', ({ url }) => {
  let ours: number;
  let elsewhere: number;
  let [all, admin, support]: Staff[] = [];
  beforeAll(async () => {
    [ours, elsewhere] = [(await factory.project()).id, (await factory.project()).id];
    [all, admin, support] = [
      await factory.staff('admin', 'all'),
      await factory.staff('admin', [ours]),
      await factory.staff('support', [ours]),
    ];
  });
  const by = (who: Staff | undefined, method: string, path: string, body?: object) =>
    send(url, method, `/staff${path}`, { ...who?.caller, ...(body === undefined ? {} : { body }) });
  const emailsSeenBy = async (who: Staff | undefined) =>
    (await by(who, 'GET', '/accounts')).body.items.map((item: { email: string }) => item.email);
  const shown = async ({ id }: Pick<typeof staffAccounts.$inferSelect, 'id'>) =>
    (await by(all, 'GET', '/accounts')).body.items.find((item: { id: number }) => item.id === id);
  const deedsOn = async ({ id }: { id: number }) =>
    (
      await db
        .select({ action: auditEntries.action, project: auditEntries.projectId, by: auditEntries.actorName })
        .from(auditEntries)
        .where(and(eq(auditEntries.subjectKind, 'staff'), eq(auditEntries.subjectId, String(id))))
        .orderBy(asc(auditEntries.id))
    ).map((deed) => `${deed.action} in ${deed.project} by ${deed.by}`);

  it('are made with a link by an administrator, within the projects of that administrator', async () => {
    const email = factory.email();
    const wanted = { email, name: 'Ada', role: 'support', projects: [ours] };
    const made = await by(admin, 'POST', '/accounts', wanted);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      account: {
        email,
        role: 'support',
        everyProject: false,
        projects: [{ id: ours, name: 'Test project' }],
        isSetUp: false,
        hasFactor: false,
        disabled: false,
      },
      setUp: { url: expect.stringMatching(/^http:\/\/[^/]+\/support\/set-up\?token=[A-Za-z0-9]{40}$/) },
    });
    const life = Date.parse(made.body.setUp.expirationTime) - Date.now();
    expect(Math.round(life / 3_600_000)).toBe(24);
    expect(await deedsOn(made.body.account)).toEqual([
      `staff.create in 0 by ${admin?.account.name}`,
      `staff.grant in ${ours} by ${admin?.account.name}`,
    ]);
    const again = await by(all, 'POST', '/accounts', { ...wanted, email: email.toUpperCase() });
    expect(again).toMatchObject({ status: 403, body: { reason: 'DUPLICATE_EMAIL' } });
    for (const [body, status] of [
      [{ ...wanted, projects: [elsewhere] }, 404],
      [{ ...wanted, projects: [ours, elsewhere] }, 404],
      [{ ...wanted, projects: undefined, everyProject: true }, 404],
      [{ ...wanted, projects: [] }, 403],
      [{ ...wanted, role: 'owner' }, 403],
      [{ ...wanted, email: 'nobody' }, 403],
    ] as const) {
      const { email: given } = body;
      const other = { ...body, email: given === email ? factory.email() : given };
      expect((await by(admin, 'POST', '/accounts', other)).status).toBe(status);
    }
    const missing = { ...wanted, email: factory.email(), projects: [900_000_000_000_001] };
    expect((await by(all, 'POST', '/accounts', missing)).status).toBe(403);
  });

  it('are seen by whoever manages them, and by nobody else', async () => {
    const [both, other] = [
      await factory.staff('support', [ours, elsewhere]),
      await factory.staff('support', [elsewhere]),
    ];
    const seen = await emailsSeenBy(admin);
    expect(seen).toContain(support?.account.email);
    expect(seen).toContain(admin?.account.email);
    for (const hidden of [both, other, all]) expect(seen).not.toContain(hidden?.account.email);
    const everything = await emailsSeenBy(all);
    for (const account of [both, other, admin, support, all])
      expect(everything).toContain(account?.account.email);
    expect((await by(support, 'GET', '/accounts')).status).toBe(403);
    expect((await by(undefined, 'GET', '/accounts')).status).toBe(401);
  });

  const changes: [method: string, path: string, body?: object][] = [
    ['PATCH', '', { role: 'admin' }],
    ['PUT', '/projects', { everyProject: true }],
    ['POST', '/disable'],
    ['POST', '/enable'],
    ['DELETE', '/sessions'],
    ['POST', '/setup'],
  ];
  it.each(changes)(
    '%s %s: neither support nor another project reaches an account',
    async (method, path, body) => {
      const target = await factory.staff('support', [elsewhere]);
      const before = await shown(target.account);
      const at = (id: number) => `/accounts/${id}${path}`;
      expect((await by(support, method, at(target.account.id), body)).status).toBe(403);
      const told = [target.account.id, 900_000_000_000_001].map((id) => by(admin, method, at(id), body));
      for (const { status, body: answer } of await Promise.all(told))
        expect({ status, answer }).toEqual({ status: 404, answer: { reason: 'NOT_FOUND' } });
      expect(await shown(target.account)).toEqual(before);
      const deeds = await deedsOn(target.account);
      expect(deeds).toHaveLength(2);
    },
  );

  it('lose their sessions when they are switched off, and sign in again after', async () => {
    const target = await factory.staff('admin', [ours]);
    expect((await by(target, 'GET', '/accounts')).status).toBe(200);
    const path = `/accounts/${target.account.id}`;
    expect((await by(admin, 'POST', `${path}/disable`)).status).toBe(204);
    expect((await by(target, 'GET', '/accounts')).status).toBe(401);
    expect((await shown(target.account)).disabled).toBe(true);
    expect((await by(admin, 'POST', `${path}/enable`)).status).toBe(204);
    expect((await by(target, 'GET', '/accounts')).status).toBe(401);
    expect((await shown(target.account)).disabled).toBe(false);
    const actions = (await deedsOn(target.account)).map((deed) => deed.split(' ')[0]);
    expect(actions).toEqual(['staff.create', 'staff.grant', 'staff.disable', 'staff.enable']);
  });

  it('lose their sessions when an administrator ends them', async () => {
    const target = await factory.staff('admin', [ours]);
    expect((await by(admin, 'DELETE', `/accounts/${target.account.id}/sessions`)).status).toBe(204);
    expect((await by(target, 'GET', '/accounts')).status).toBe(401);
  });

  it('have role and projects as they are now, not as they were at the sign-in', async () => {
    const target = await factory.staff('admin', [ours]);
    const path = `/accounts/${target.account.id}`;
    const role = (name: string) => by(all, 'PATCH', path, { role: name });
    expect((await role('support')).status).toBe(204);
    expect((await by(target, 'GET', '/accounts')).status).toBe(403);
    expect((await role('admin')).status).toBe(204);
    const sees = async () => (await emailsSeenBy(target)).includes(support?.account.email);
    expect(await sees()).toBe(true);
    const projects = (body: object) => by(all, 'PUT', `${path}/projects`, body);
    expect((await projects({ projects: [elsewhere] })).status).toBe(204);
    expect(await sees()).toBe(false);
    expect((await projects({ everyProject: true })).status).toBe(204);
    expect(await sees()).toBe(true);
    expect((await projects({ projects: [] })).status).toBe(403);
    expect((await deedsOn(target.account)).slice(2)).toEqual(
      [
        'staff.update in 0',
        'staff.update in 0',
        `staff.grant in ${elsewhere}`,
        `staff.revoke in ${ours}`,
        'staff.grantAll in 0',
        `staff.revoke in ${elsewhere}`,
      ].map((deed) => `${deed} by ${all?.account.name}`),
    );
  });

  it('keep what they are to themselves: nobody takes rights from the own account', async () => {
    for (const [method, path, body] of [
      ['PATCH', '', { role: 'support' }],
      ['PUT', '/projects', { projects: [ours] }],
      ['POST', '/disable', undefined],
    ] as const) {
      const reply = await by(all, method, `/accounts/${all?.account.id}${path}`, body);
      expect(reply).toMatchObject({ status: 409, body: { reason: 'OWN_ACCOUNT' } });
    }
    const name = 'Somebody else';
    expect((await by(all, 'PATCH', `/accounts/${all?.account.id}`, { name })).status).toBe(204);
  });

  it('start anew by a new link: password, authenticator and sessions of before are gone', async () => {
    const target = await factory.staff('admin', [ours], 'the first long phrase');
    const link = await by(admin, 'POST', `/accounts/${target.account.id}/setup`);
    expect(link.status).toBe(201);
    expect((await by(target, 'GET', '/accounts')).status).toBe(200);
    const token = new URL(link.body.url).searchParams.get('token');
    const set = await by(undefined, 'POST', '/setup', { token, password: 'the second long phrase' });
    expect(set.status).toBe(200);
    expect((await by(target, 'GET', '/accounts')).status).toBe(401);
    expect(await shown(target.account)).toMatchObject({ isSetUp: true, hasFactor: false });
    const { email } = target.account;
    const signIn = (password: string) => by(undefined, 'POST', '/session', { email, password });
    expect((await signIn('the first long phrase')).status).toBe(401);
    expect((await signIn('the second long phrase')).body.step).toBe('enrol');
  });

  it('are nothing to people, keys and services of a project', async () => {
    const person = await factory.person(ours);
    const callers = [
      { token: person.token },
      { token: (await factory.projectKey(ours, ['admin'])).key },
      { apiKey: (await factory.orgKey(ours)).key },
      { apiKey: (await factory.orgKey()).key },
    ];
    for (const credentials of callers)
      expect((await send(url, 'GET', '/staff/accounts', credentials)).status).toBe(403);
    const headers = { cookie: `latchkey.session=${person.token}`, 'sec-fetch-site': 'same-origin' };
    expect((await send(url, 'GET', '/staff/accounts', { headers })).status).toBe(401);
  });
});
