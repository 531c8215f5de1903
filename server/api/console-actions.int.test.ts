import { and, desc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  auditEntries,
  devices,
  homes,
  hubs,
  shadows,
  smartModules,
  webhookDeliveries,
} from '@/drizzle/schema';
import { addUser } from '@/server/services/users/add-user';
import { send } from '@/server/testing/api-client';
import type { Person, Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { messagesTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
const reason = 'They called and asked for it';

describe.each(gateway())('what support does for a home ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let support: Staff;
  beforeEach(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id, 'Kim', 'correct horse battery');
    home = await factory.home(kim, 'Storgata 1');
    support = await factory.staff('support', [project.id]);
  });
  const act = (path: string, body: object = { reason }, who = support) =>
    send(url, 'POST', `/staff${path}`, { ...who.caller, body });
  const deeds = () =>
    db.select().from(auditEntries).where(eq(auditEntries.homeId, home.id)).orderBy(desc(auditEntries.id));
  const activity = async (query = '') =>
    (await send(url, 'GET', `/homes/${home.id}/activity${query}`, { token: kim.token })).body.items;
  const subjectsTo = async (email: string | null) =>
    (await messagesTo(factory, email ?? '')).map(({ subject }) => subject);

  /** Every action at an object that is there, as `path` and what more its body holds. */
  const everyAction = async () => {
    const invited = factory.email();
    const { body: member } = await send(url, 'POST', `/homes/${home.id}/members`, {
      token: kim.token,
      body: { email: invited },
    });
    const device = await factory.device(home.projectId, home.id);
    const hub = await factory.hub(home);
    const [delivery] = await db
      .insert(webhookDeliveries)
      .values({
        projectId: home.projectId,
        moduleId: 'none',
        kind: 'event',
        homeId: home.id,
        url: 'https://example.com',
        body: '{}',
        status: 'failed',
        nextAttemptAt: new Date(),
      })
      .returning();
    const at = `/homes/${home.id}`;
    return [
      { path: `/users/${member.userId}/verification` },
      { path: `/users/${kim.user.id}/unlock` },
      { path: `${at}/members/${member.userId}/invitation` },
      { path: `${at}/test-reach`, more: { kind: 'hub', id: hub.id } },
      { path: `${at}/hubs/${hub.id}/suspend` },
      { path: `${at}/hubs/${hub.id}/resume` },
      { path: `${at}/deliveries/${delivery?.id}/replay` },
      { path: `${at}/devices/${device.id}/release` },
      { path: `${at}/deactivate` },
      { path: `${at}/reactivate` },
      { path: `/users/${kim.user.id}/end-sessions` },
    ];
  };

  it('asks for a reason of three to five hundred characters, and says at which field', async () => {
    for (const { path, more } of await everyAction()) {
      for (const wrong of [undefined, '', ' ok ', 'x'.repeat(501)]) {
        const { status, body } = await act(path, { ...more, reason: wrong });
        const wanted = { path, status: 403, field: 'reason' };
        expect({
          path,
          status,
          field: body.data?.[0]?.field ?? JSON.stringify(body).match(/reason/)?.[0],
        }).toEqual(wanted);
      }
    }
    expect((await deeds()).filter(({ actorKind }) => actorKind === 'staff')).toEqual([]);
  });

  it('is not there for staff of other projects, and nothing is done or recorded', async () => {
    const elsewhere = await factory.staff('admin', [(await factory.project()).id]);
    for (const { path, more } of await everyAction())
      expect([path, (await act(path, { ...more, reason }, elsewhere)).status]).toEqual([path, 404]);
    expect((await deeds()).filter(({ actorKind }) => actorKind === 'staff')).toEqual([]);
    expect(await subjectsTo(kim.user.email)).toEqual([]);
  });

  it('is not there for anybody else', async () => {
    for (const { path, more } of await everyAction()) {
      const reply = await send(url, 'POST', `/staff${path}`, {
        headers: { cookie: `latchkey.session=${kim.token}`, 'sec-fetch-site': 'same-origin' },
        body: { ...more, reason },
      });
      expect([path, reply.status]).toEqual([path, 401]);
    }
  });

  it('stands in the activity of the home with its reason, and its owners are told by mail', async () => {
    const mo = await factory.person(home.projectId, 'Mo');
    await factory.member(home.id, mo, 'member');
    expect((await act(`/homes/${home.id}/deactivate`)).status).toBe(204);
    expect((await act(`/homes/${home.id}/reactivate`)).status).toBe(204);
    const name = support.account.name;
    expect(await activity()).toMatchObject([
      { kind: 'staff', action: 'home.reactivate', reason, who: { kind: 'staff', name } },
      { kind: 'staff', action: 'home.deactivate', reason },
    ]);
    expect(await activity('?outcome=support')).toHaveLength(2);
    expect(await activity('?outcome=opened')).toEqual([]);
    const ofMo = await send(url, 'GET', `/homes/${home.id}/activity`, { token: mo.token });
    expect(ofMo.body.items).toHaveLength(2);
    expect(await subjectsTo(kim.user.email)).toContain('Support has been at work in Storgata 1');
    expect(await subjectsTo(mo.user.email)).toEqual([]);
    const [first] = await activity();
    const older = Buffer.from(`${first.createdAt} s${String(first.id).slice(1).padStart(19, '0')}`);
    expect(await activity(`?after=${older.toString('base64url')}`)).toHaveLength(1);
  });

  it('switches a home off and on, once each', async () => {
    await act(`/homes/${home.id}/deactivate`);
    const off = async () => (await db.select().from(homes).where(eq(homes.id, home.id)))[0]?.deactivated;
    expect(await off()).toBe(true);
    expect((await act(`/homes/${home.id}/deactivate`)).status).toBe(409);
    await act(`/homes/${home.id}/reactivate`);
    expect([await off(), (await act(`/homes/${home.id}/reactivate`)).status]).toEqual([false, 409]);
  });

  it('sends a verification and an invitation once more', async () => {
    const { id, email } = await addUser(factory.deps, {
      projectId: home.projectId,
      email: factory.email(),
      verified: false,
    });
    expect((await act(`/users/${id}/verification`)).status).toBe(204);
    expect(await subjectsTo(email)).toEqual(['Confirm your e-mail address']);
    expect((await act(`/users/${kim.user.id}/verification`)).body.reason).toBe('ALREADY_VERIFIED');
    const [homeless] = await db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.projectId, home.projectId), eq(auditEntries.subjectId, String(id))));
    expect(homeless).toMatchObject({ homeId: null, action: 'user.resend-verification', reason });

    const invited = factory.email();
    const { body: member } = await send(url, 'POST', `/homes/${home.id}/members`, {
      token: kim.token,
      body: { email: invited },
    });
    expect((await act(`/homes/${home.id}/members/${member.userId}/invitation`)).status).toBe(204);
    expect(await subjectsTo(invited)).toEqual(Array(2).fill('Kim invites you to “Storgata 1”'));
    const accepted = await act(`/homes/${home.id}/members/${kim.user.id}/invitation`);
    expect(accepted.body.reason).toBe('ALREADY_ACCEPTED');
  });

  it('ends sessions and lets a held back account sign in at once', async () => {
    const ended = await act(`/users/${kim.user.id}/end-sessions`);
    expect([ended.status, ended.body.ended >= 1]).toEqual([200, true]);
    const gone = await until(async () => {
      const reply = await send(url, 'GET', '/homes', { token: kim.token });
      return reply.status === 401 ? reply : undefined;
    });
    expect(gone.status).toBe(401);
    const signIn = (password: string) =>
      send(url, 'POST', '/auth/user', {
        body: { projectId: home.projectId, appId: 'dashboard', email: kim.user.email, password },
      });
    for (let tries = 0; tries < 5; tries += 1) await signIn('wrong horse battery');
    expect((await signIn('correct horse battery')).status).toBe(429);
    const held = async () =>
      (await send(url, 'GET', `/staff/users/${kim.user.id}`, support.caller)).body.isHeldBack;
    expect(await held()).toBe(true);
    expect((await act(`/users/${kim.user.id}/unlock`)).body).toEqual({ cleared: 1 });
    expect([await held(), (await signIn('correct horse battery')).status]).toEqual([false, 200]);
  });

  it('suspends a hub of the home and lets it work again', async () => {
    const hub = await factory.hub(home);
    const path = `/homes/${home.id}/hubs/${hub.id}`;
    expect((await act(`${path}/suspend`)).status).toBe(204);
    const rowOf = async () => (await db.select().from(hubs).where(eq(hubs.id, hub.id)))[0];
    expect(await rowOf()).toMatchObject({ status: 'suspended', suspendedReason: reason });
    expect((await act(`${path}/resume`)).status).toBe(204);
    expect(await rowOf()).toMatchObject({ status: 'claimed', suspendedReason: null });
    const neighbour = await factory.hub(await factory.home(kim));
    expect((await act(`/homes/${home.id}/hubs/${neighbour.id}/suspend`)).status).toBe(404);
  });

  it('tests reachability without a word to the thing, and says how it knows', async () => {
    const lock = await factory.lock(home.id);
    const wire = await factory.virtualLock(lock);
    const test = (kind: string, id: string) => act(`/homes/${home.id}/test-reach`, { reason, kind, id });
    const reached = await until(async () => {
      const { body } = await test('lock', String(lock.id));
      return body.verdict === 'there' ? body : undefined;
    });
    expect(reached.signs.map(({ how }: { how: string }) => how)).toEqual(['presence', 'report', 'shadow']);
    // Its first report may come after its presence.
    const shadow = await until(async () => {
      const [row] = await db
        .select()
        .from(shadows)
        .where(and(eq(shadows.thing, lock.thing), eq(shadows.name, '')));
      return row;
    });
    expect(JSON.stringify(shadow)).not.toContain('"command":{');
    await wire.stop();
    const device = await factory.device(home.projectId, home.id);
    expect((await test('device', String(device.id))).body).toMatchObject({
      verdict: 'away',
      signs: [
        { how: 'connections', says: 'away', count: 0 },
        { how: 'report', says: 'unknown' },
      ],
    });
    const hub = await factory.hub(home);
    expect((await test('hub', hub.id)).body).toMatchObject({ verdict: 'unknown' });
    for (const [kind, id] of [
      ['lock', '999999'],
      ['hub', 'x'],
      ['device', 'x'],
      ['device', String(lock.id + 900_000)],
    ] as const)
      expect([kind, id, (await test(kind, id)).status]).toEqual([kind, id, 404]);
    // What became of the hub itself is entered in its own time.
    const [deed] = (await deeds()).filter(({ actorKind }) => actorKind === 'staff');
    expect(deed).toMatchObject({ action: 'hub.test-reach', data: { verdict: 'unknown' } });
  });

  it('delivers a webhook once more as a new delivery, and leaves the old one as it was', async () => {
    await db.insert(smartModules).values({
      projectId: home.projectId,
      moduleId: 'hook',
      moduleType: 'webhooks',
      suspended: true,
      eventUrl: 'https://example.com/in',
    });
    const [old] = await db
      .insert(webhookDeliveries)
      .values({
        projectId: home.projectId,
        moduleId: 'hook',
        kind: 'event',
        homeId: home.id,
        url: 'https://example.com/in',
        body: '{"n":1}',
        status: 'failed',
        attempts: 3,
        nextAttemptAt: new Date(),
      })
      .returning();
    const again = await act(`/homes/${home.id}/deliveries/${old?.id}/replay`);
    expect(again.status).toBe(200);
    const rows = await db
      .select()
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.homeId, home.id))
      .orderBy(webhookDeliveries.id);
    expect(rows).toMatchObject([
      { id: old?.id, status: 'failed', attempts: 3 },
      { id: again.body.id, status: 'waiting', attempts: 0, body: '{"n":1}', url: old?.url, kind: 'event' },
    ]);
    expect((await act(`/homes/${home.id}/deliveries/${again.body.id}/replay`)).status).toBe(409);
    const elsewhere = await factory.home(kim);
    expect((await act(`/homes/${elsewhere.id}/deliveries/${old?.id}/replay`)).status).toBe(404);
  });

  it('releases a device, which keeps what it needs to be claimed anew', async () => {
    const device = await factory.device(home.projectId, home.id);
    expect((await act(`/homes/${home.id}/devices/${device.id}/release`)).status).toBe(204);
    const [row] = await db.select().from(devices).where(eq(devices.id, device.id));
    expect([row?.homeId, row?.claimHash === null]).toEqual([null, false]);
    expect((await act(`/homes/${home.id}/devices/${device.id}/release`)).status).toBe(404);
  });
});
