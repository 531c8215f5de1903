import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditEntries } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person, Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;

describe.each(mounts())('staff look through the eyes of an owner ($name)', ({ url }) => {
  let owner: Person;
  let staff: Staff;
  let homeId: number;
  let lockId: number;
  let viewId: string;

  const asStaff = (method: string, path: string, body?: object) =>
    send(url, method, path, {
      headers: { ...staff.caller.headers, 'sec-fetch-site': 'same-origin' },
      ...(body && { body }),
    });
  const asOwner = (method: string, path: string, body?: object) =>
    send(url, method, path, { token: owner.token, ...(body && { body }) });
  const looking = (method: string, path: string, body?: object, cookie = staff.caller.headers.cookie) =>
    send(url, method, path, {
      headers: { cookie: `${cookie}; latchkey.view=${viewId}`, 'sec-fetch-site': 'same-origin' },
      ...(body && { body }),
    });

  beforeEach(async () => {
    const project = await factory.project();
    owner = await factory.person(project.id);
    homeId = (await factory.home(owner)).id;
    lockId = (await factory.lock(homeId)).id;
    staff = await factory.staff('support', [project.id]);
    const asked = await asStaff('POST', `/staff/homes/${homeId}/views`, {
      reason: 'The lock is unknown',
      minutes: 10,
    });
    expect(asked.status).toBe(201);
    viewId = asked.body.id;
    await asOwner('POST', `/homes/${homeId}/views/${viewId}/answer`, { granted: true });
  });

  it('and read what the owner reads, each path kept', async () => {
    const doors = await looking('GET', '/locks');
    expect(doors.body.items).toMatchObject([{ lockId, name: 'Front door', canOpen: false, role: 'owner' }]);
    expect((await looking('GET', `/homes/${homeId}`)).body).toMatchObject({ id: homeId });
    const kept = await db.select().from(auditEntries).where(eq(auditEntries.homeId, homeId));
    expect(
      kept.flatMap(({ action, data }) => (action === 'view.look' ? [data?.path] : [])).toSorted(),
    ).toEqual([`/homes/${homeId}`, '/locks']);
  });

  it.each([
    ['POST', () => `/locks/${lockId}/OpenLock`, {}],
    ['PATCH', () => `/homes/${homeId}`, { name: 'Theirs' }],
    ['PUT', () => `/homes/${homeId}/kv/a`, { value: 1 }],
    ['POST', () => `/homes/${homeId}/members`, { email: 'new@example.com' }],
    ['POST', () => '/temp-keys', { doors: [] }],
    ['POST', () => '/auth/token', undefined],
    ['DELETE', () => `/homes/${homeId}`, undefined],
  ])('and are refused %s %s', async (method, path, body) => {
    const refused = await looking(method, path(), body);
    expect([400, 403]).toContain(refused.status);
    expect((await asOwner('GET', `/homes/${homeId}`)).body.name).toBe('Home');
    expect(await factory.openings(lockId)).toEqual([]);
  });

  it.each(['owner', 'staff'] as const)('until the %s ends it', async (who) => {
    expect((await looking('GET', '/locks')).status).toBe(200);
    const ended =
      who === 'owner'
        ? await asOwner('DELETE', `/homes/${homeId}/views/${viewId}`)
        : await asStaff('DELETE', `/staff/homes/${homeId}/views/${viewId}`);
    expect(ended.status).toBe(204);
    expect(await looking('GET', `/homes/${homeId}`)).toMatchObject({
      status: 401,
      body: { reason: 'VIEW_OVER' },
    });
  });

  it('with both cookies alone: neither a person’s own session nor none will do', async () => {
    const session = `latchkey.session=${owner.token}`;
    for (const cookie of ['a=b', session])
      expect((await looking('GET', '/locks', undefined, cookie)).status).toBe(401);
    const signedOut = await asStaff('DELETE', '/staff/session');
    expect(signedOut.status).toBe(204);
    expect((await looking('GET', '/locks')).status).toBe(401);
  });
});
