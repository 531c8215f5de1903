import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homes, lockGrants, lockKeys, locks, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { listenToBus } from '@/server/testing/told';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;

describe.each(gateway())('grants ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let guest: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    guest = await factory.person(project.id, 'Gry');
    home = await factory.home(kim);
    lock = await factory.lock(home.id);
    await factory.member(home.id, guest, 'guest');
  });
  const grants = (method: string, rest = '', body?: object, who: Person = kim) =>
    send(url, method, `/locks/${lock.id}/grants${rest}`, { token: who.token, ...(body ? { body } : {}) });
  const open = (who: Person) => send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: who.token });
  const who = async (person: Person, at?: string) => {
    const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
    return send(url, 'GET', `/locks/${lock.id}/who-can-open${query}`, { token: person.token });
  };

  it('lets a guest see and open the door of the grant, and no other, until it is taken away', async () => {
    const other = await factory.lock(home.id, 'Cellar');
    expect((await open(guest)).status).toBe(403);
    expect((await send(url, 'GET', '/locks', { token: guest.token })).body.items).toEqual([]);
    const made = await grants('POST', '', { userId: guest.user.id, note: 'walks the dog' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      lockId: lock.id,
      userId: guest.user.id,
      name: 'Gry',
      note: 'walks the dog',
      state: 'open',
      grantedBy: { kind: 'user', id: String(kim.user.id), name: 'Kim' },
    });
    expect((await open(guest)).status).toBe(200);
    expect((await send(url, 'POST', `/locks/${other.id}/OpenLock`, { token: guest.token })).status).toBe(403);
    const doors = await send(url, 'GET', '/locks', { token: guest.token });
    expect(doors.body.items).toMatchObject([{ lockId: lock.id, canOpen: true, role: 'guest' }]);
    expect((await grants('DELETE', `/${made.body.id}`)).status).toBe(204);
    expect((await open(guest)).status).toBe(403);
    expect((await send(url, 'GET', `/locks/${lock.id}`, { token: guest.token })).status).toBe(403);
    expect((await grants('DELETE', `/${made.body.id}`)).status).toBe(404);
    expect((await grants('GET')).body.items).toEqual([]);
  });

  it('opens inside its window and says outside of it when it opens next', async () => {
    await db.update(homes).set({ timezone: 'Europe/Oslo' }).where(eq(homes.id, home.id));
    const { body: grant } = await grants('POST', '', {
      userId: guest.user.id,
      validUntil: '2000-01-01T00:00:00+01:00',
    });
    expect(grant.state).toBe('expired');
    expect((await open(guest)).status).toBe(403);
    const ahead = { validUntil: null, validFrom: '2100-03-01T08:30:00Z', from: '09:00', until: '17:00' };
    const changed = await grants('PATCH', `/${grant.id}`, { ...ahead, weekdays: ['mon'] });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      validFrom: '2100-03-01T08:30:00.000Z',
      weekdays: ['mon'],
      from: '09:00',
      until: '17:00',
      state: 'not-yet-valid',
      nextOpening: '2100-03-01T08:30:00.000Z',
    });
    expect(changed.body).not.toHaveProperty('validUntil');
    const door = await send(url, 'GET', `/locks/${lock.id}`, { token: guest.token });
    expect(door.body).toMatchObject({
      canOpen: false,
      whyNot: { reason: 'not-yet-valid', next: '2100-03-01T08:30:00.000Z' },
      changesAt: '2100-03-01T08:30:00.000Z',
    });
    await db
      .update(locks)
      .set({ gesture: 'tap', nightGesture: 'hold', nightFromMinute: 1_320, nightUntilMinute: 360 })
      .where(eq(locks.id, lock.id));
    const sooner = await send(url, 'GET', `/locks/${lock.id}`, { token: guest.token });
    expect(Date.parse(sooner.body.changesAt) - Date.now()).toBeLessThan(17 * 3_600_000);
    await grants('PATCH', `/${grant.id}`, { validFrom: null, weekdays: null, from: null, until: null });
    expect((await open(guest)).status).toBe(200);
  });

  it('names each field that is wrong and keeps nothing', async () => {
    const outsider = await factory.person(project.id);
    for (const [body, field] of [
      [{}, 'userId'],
      [{ userId: outsider.user.id }, 'userId'],
      [{ userId: 900_000_000_000_001 }, 'userId'],
      [{ userId: guest.user.id, from: '24:00' }, 'from'],
      [{ userId: guest.user.id, until: '9:00' }, 'until'],
      [{ userId: guest.user.id, weekdays: ['mon', 'mon'] }, 'weekdays'],
      [{ userId: guest.user.id, weekdays: [] }, 'weekdays'],
      [{ userId: guest.user.id, weekdays: ['monday'] }, 'weekdays.0'],
      [{ userId: guest.user.id, validFrom: 'tomorrow' }, 'validFrom'],
      [
        { userId: guest.user.id, validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
        'validUntil',
      ],
      [{ userId: guest.user.id, note: 'x'.repeat(501) }, 'note'],
    ] as const) {
      const reply = await grants('POST', '', body);
      expect({ body, status: reply.status, field: reply.body.details?.[0]?.field }).toEqual({
        body,
        status: 400,
        field,
      });
    }
    expect((await grants('GET')).body.items).toEqual([]);
    const id = await factory.grant(lock.id, guest, { validUntil: new Date('2026-01-01T00:00:00Z') });
    const bad = await grants('PATCH', `/${id}`, { validFrom: '2026-02-01T00:00:00Z' });
    expect(bad.body.details).toEqual([{ field: 'validUntil', message: 'must be after validFrom' }]);
    expect((await grants('PATCH', '/no-uuid', {})).status).toBe(400);
    expect((await grants('PATCH', `/${randomUUID()}`, {})).status).toBe(404);
  });

  it('of another door is none at this one', async () => {
    const other = await factory.lock(home.id, 'Cellar');
    const id = await factory.grant(other.id, guest);
    expect((await grants('PATCH', `/${id}`, { note: 'x' })).status).toBe(404);
    expect((await grants('DELETE', `/${id}`)).status).toBe(404);
  });

  it('ends with the membership, and does not come back with it', async () => {
    await factory.grant(lock.id, guest);
    expect((await open(guest)).status).toBe(200);
    await send(url, 'DELETE', `/homes/${home.id}/members/${guest.user.id}`, { token: kim.token });
    expect((await open(guest)).status).toBe(403);
    await factory.member(home.id, guest, 'guest');
    expect((await open(guest)).status).toBe(403);
    expect((await grants('GET')).body.items).toEqual([]);
  });

  it('ends with the home, and does not open the lock in its next one', async () => {
    await factory.grant(lock.id, guest);
    await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token });
    const next = await factory.home(kim, 'Next');
    await factory.member(next.id, guest, 'guest');
    await db.update(locks).set({ homeId: next.id }).where(eq(locks.id, lock.id));
    expect((await open(guest)).status).toBe(403);
    const [row] = await db.select().from(lockGrants).where(eq(lockGrants.lockId, lock.id));
    expect(row?.revokedAt).toBeInstanceOf(Date);
  });

  it('counts for nothing while the home is switched off, where owners, lock owner and key holders still open', async () => {
    await factory.grant(lock.id, guest);
    const [holder, named, member] = [
      await factory.person(project.id, 'Holder'),
      await factory.person(project.id, 'Named'),
      await factory.person(project.id, 'Member'),
    ];
    await factory.member(home.id, member, 'member');
    expect([(await open(holder)).status, (await open(named)).status]).toEqual([403, 403]);
    await db
      .insert(lockKeys)
      .values({ lockId: lock.id, keyUuid: randomUUID(), userId: holder.user.id, createdAt: new Date() });
    await db.update(locks).set({ ownerId: named.user.id }).where(eq(locks.id, lock.id));
    expect([(await open(holder)).status, (await open(named)).status]).toEqual([200, 200]);
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    const statuses = [];
    for (const person of [kim, holder, named, member, guest]) statuses.push((await open(person)).status);
    expect(statuses).toEqual([200, 200, 200, 403, 403]);
    expect((await grants('POST', '', { userId: guest.user.id })).status).toBe(403);
    await db.update(users).set({ verified: false }).where(eq(users.id, holder.user.id));
    expect((await open(holder)).status).toBe(403);
    const elsewhere = await factory.person((await factory.project()).id);
    await db.update(locks).set({ ownerId: elsewhere.user.id }).where(eq(locks.id, lock.id));
    expect((await open(elsewhere)).status).toBe(404);
  });

  it('tells listeners of the home of every change, and no note', async () => {
    const bus = await listenToBus();
    const { body: grant } = await grants('POST', '', { userId: guest.user.id, note: 'secret habit' });
    await grants('PATCH', `/${grant.id}`, { from: '09:00' });
    await grants('DELETE', `/${grant.id}`);
    const told = await until(async () => {
      const lines = bus.lines.filter((line) => line.homeId === home.id && line.topic === 'access');
      return lines.length >= 3 && lines;
    });
    const line = { kind: 'grant', id: grant.id, lockIds: [lock.id], userId: guest.user.id };
    expect(told.map(({ payload }) => payload)).toEqual([
      { ...line, action: 'created' },
      { ...line, action: 'changed' },
      { ...line, action: 'revoked' },
    ]);
    expect(JSON.stringify(told)).not.toContain('habit');
  });

  it('who can open: owners see everybody and why, at any time; others see themselves', async () => {
    await db.update(homes).set({ timezone: 'Europe/Oslo' }).where(eq(homes.id, home.id));
    const holder = await factory.person(project.id, 'Holder');
    const invited = await factory.person(project.id, 'Invited');
    await factory.member(home.id, invited, 'member');
    await db.update(users).set({ verified: false }).where(eq(users.id, invited.user.id));
    await db
      .insert(lockKeys)
      .values({ lockId: lock.id, keyUuid: randomUUID(), userId: holder.user.id, createdAt: new Date() });
    const grantId = await factory.grant(lock.id, guest, {
      weekdays: 16,
      fromMinute: 1_320,
      untilMinute: 360,
    });
    const { keyId } = { keyId: (await factory.orgKey(project.id)).id };
    const link = await send(url, 'POST', '/temp-keys', {
      token: kim.token,
      body: {
        validFrom: '2026-03-01T00:00:00Z',
        validUntil: '2026-04-01T00:00:00Z',
        label: 'Cleaner',
        maxUses: 4,
        doors: [{ lockId: lock.id }],
      },
    });
    const friday = await who(kim, '2026-03-06T22:30:00+01:00');
    expect(friday.status).toBe(200);
    expect(friday.body).toMatchObject({ timezone: 'Europe/Oslo', isTimezoneAssumed: false, next: null });
    expect(friday.body.items).toEqual([
      { kind: 'member', id: String(kim.user.id), name: 'Kim', role: 'owner', allowed: true, reason: 'owner' },
      {
        kind: 'member',
        id: String(guest.user.id),
        name: 'Gry',
        role: 'guest',
        allowed: true,
        reason: 'grant',
        until: '2026-03-07T05:00:00.000Z',
      },
      {
        kind: 'member',
        id: String(invited.user.id),
        name: 'Invited',
        role: 'member',
        allowed: false,
        reason: 'not-verified',
      },
      { kind: 'key-holder', id: String(holder.user.id), name: 'Holder', allowed: true, reason: 'key-holder' },
      {
        kind: 'grant',
        id: grantId,
        name: 'Gry',
        userId: guest.user.id,
        allowed: true,
        reason: 'grant',
        until: '2026-03-07T05:00:00.000Z',
        window: { weekdays: ['fri'], from: '22:00', until: '06:00' },
      },
      {
        kind: 'link',
        id: link.body.uuid,
        name: 'guest link Cleaner',
        allowed: true,
        reason: 'link',
        until: '2026-04-01T00:00:00.000Z',
        window: { validFrom: '2026-03-01T00:00:00.000Z', validUntil: '2026-04-01T00:00:00.000Z' },
        uses: { used: 0, most: 4 },
      },
      {
        kind: 'organisation',
        id: keyId,
        name: 'organisation key',
        allowed: true,
        reason: 'organisation-key',
      },
    ]);
    const saturday = await who(kim, '2026-03-07T12:00:00+01:00');
    const byKind = (kind: string) => saturday.body.items.find((line: { kind: string }) => line.kind === kind);
    expect(byKind('grant')).toMatchObject({
      allowed: false,
      reason: 'outside-window',
      next: '2026-03-13T21:00:00.000Z',
    });
    const own = await who(guest, '2026-03-07T12:00:00+01:00');
    expect(own.body.items.map((line: { kind: string; name: string }) => [line.kind, line.name])).toEqual([
      ['member', 'Gry'],
      ['grant', 'Gry'],
    ]);
    expect((await who(kim, 'friday')).body.details[0].field).toBe('at');
    await db.update(homes).set({ timezone: null }).where(eq(homes.id, home.id));
    expect((await who(kim)).body).toMatchObject({ timezone: 'UTC', isTimezoneAssumed: true });
  });
});
