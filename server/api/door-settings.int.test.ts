import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, homes, openings } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const dayMs = 86_400_000;

describe.each(gateway())("a door's settings ($name)", ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
    lock = await factory.lock(home.id, 'Front door');
  });
  const call = (method: string, part: string, body?: object, who = kim) =>
    send(url, method, `/locks/${lock.id}${part}`, { token: who.token, ...(body && { body }) });
  const settings = async () => (await call('GET', '/settings')).body;

  describe('by night', () => {
    const night = { gesture: 'hold-passkey', from: '22:00', until: '06:30' };

    it('asks for a stricter gesture, is kept, and is taken away again', async () => {
      expect((await settings()).night).toBeNull();
      const set = await call('PATCH', '', { night });
      expect(set.status).toBe(200);
      expect(set.body.event).toMatchObject({
        type: 'NightGestureSet',
        data: { night: { gesture: 'hold-passkey', fromMinute: 1_320, untilMinute: 390 } },
      });
      expect((await settings()).night).toEqual(night);
      expect((await call('PATCH', '', { night })).body.event).toBeNull();
      expect((await call('PATCH', '', { night: null })).status).toBe(200);
      expect((await settings()).night).toBeNull();
    });

    it.each([
      ['is no stricter than the day', { night: { ...night, gesture: 'hold' } }],
      ['is weaker than the day', { gesture: 'hold-passkey', night: { ...night, gesture: 'tap' } }],
      ['ends when it begins', { night: { ...night, until: '22:00' } }],
    ])('is refused where it %s', async (_what, body) => {
      const refused = await call('PATCH', '', body);
      expect(refused.status).toBe(400);
      expect(refused.body.details).toEqual([{ field: 'night', message: expect.any(String) }]);
      expect((await settings()).night).toBeNull();
    });

    it('keeps the day from becoming as strict as the night', async () => {
      await call('PATCH', '', { night });
      expect((await call('PATCH', '', { gesture: 'hold-passkey' })).status).toBe(400);
      expect((await call('PATCH', '', { gesture: 'hold-passkey', night: null })).status).toBe(200);
      expect(await settings()).toMatchObject({ gesture: 'hold-passkey', night: null });
    });
  });

  describe('from away', () => {
    it('asks for a stricter gesture, is kept, and is taken away again', async () => {
      expect((await settings()).remote).toBeNull();
      expect((await call('PATCH', '', { gesture: 'tap' })).status).toBe(200);
      const set = await call('PATCH', '', { remote: 'hold' });
      expect(set.body.event).toMatchObject({ type: 'RemoteGestureSet', data: { gesture: 'hold' } });
      expect((await call('PATCH', '', { remote: 'hold' })).body.event).toBeNull();
      expect(await settings()).toMatchObject({ gesture: 'tap', remote: 'hold' });
      const jo = await factory.person(kim.user.projectId, 'Jo');
      await factory.member(home.id, jo, 'member');
      expect((await call('PATCH', '', { remote: null }, jo)).status).toBe(403);
      expect((await call('PATCH', '', { remote: null })).status).toBe(200);
      expect((await settings()).remote).toBeNull();
      const lines = await db
        .select({ actor: auditEntries.actorName, data: auditEntries.data })
        .from(auditEntries)
        .where(and(eq(auditEntries.homeId, home.id), eq(auditEntries.action, 'lock.set-remote-gesture')))
        .orderBy(auditEntries.id);
      expect(lines.map(({ data }) => data)).toEqual([{ gesture: 'hold' }, { gesture: null }]);
      expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set(['Kim']));
    });

    it.each([
      ['is no stricter than at home', { remote: 'hold' }],
      ['is weaker than at home', { gesture: 'hold-passkey', remote: 'tap' }],
      ['would stay behind a home that became stricter', { gesture: 'hold-passkey', remote: 'hold-passkey' }],
    ])('is refused where it %s', async (_what, body) => {
      const refused = await call('PATCH', '', body);
      expect(refused.status).toBe(400);
      expect(refused.body.details).toEqual([{ field: 'remote', message: expect.any(String) }]);
    });
  });

  it('puts favourites first, for each person', async () => {
    await factory.lock(home.id, 'Attic');
    const doors = async (who = kim) =>
      (await send(url, 'GET', '/locks', { token: who.token })).body.items.map(
        ({ name, favourite }: { name: string; favourite?: boolean }) => [name, favourite ?? false],
      );
    expect(await doors()).toEqual([
      ['Attic', false],
      ['Front door', false],
    ]);
    expect((await call('PUT', '/favourite')).status).toBe(204);
    expect((await call('PUT', '/favourite')).status).toBe(204);
    expect(await doors()).toEqual([
      ['Front door', true],
      ['Attic', false],
    ]);
    expect((await settings()).favourite).toBe(true);
    const jo = await factory.person(kim.user.projectId, 'Jo');
    await factory.member(home.id, jo, 'member');
    expect((await doors(jo))[0]).toEqual(['Attic', false]);
    expect((await call('DELETE', '/favourite')).status).toBe(204);
    expect((await doors())[0]).toEqual(['Attic', false]);
  });

  describe('latency', () => {
    let now: Date;
    beforeEach(() => {
      now = new Date();
    });
    const opened = async (
      daysAgo: number,
      tookMs: number,
      values: Partial<typeof openings.$inferInsert> = {},
    ) => {
      const createdAt = new Date(now.getTime() - daysAgo * dayMs);
      const sentAt = new Date(createdAt.getTime() + 100);
      await db.insert(openings).values({
        id: randomUUID(),
        lockId: lock.id,
        homeId: home.id,
        principalKind: 'user',
        principalId: String(kim.user.id),
        principalName: 'Kim',
        via: 'page',
        status: 'confirmed',
        createdAt,
        sentAt,
        outcomeAt: new Date(sentAt.getTime() + tookMs),
        expiresAt: new Date(createdAt.getTime() + 8_000),
        ...values,
      });
    };
    const latency = async () => (await call('GET', '/latency')).body;

    it('has no figures before the first opening', async () => {
      expect(await latency()).toEqual({ days: 30, count: 0, perDay: [] });
    });

    it('counts what was confirmed in time, from asked and from sent', async () => {
      for (const tookMs of [400, 600, 800]) await opened(1, tookMs);
      await opened(1, 9_000, { status: 'expired', lateReport: true });
      await opened(1, 9_000, { joined: randomUUID() });
      await opened(31, 9_000);
      expect(await latency()).toMatchObject({
        count: 3,
        sent: { p50Ms: 600, p95Ms: 780 },
        asked: { p50Ms: 700, p95Ms: 880 },
        perDay: [{ count: 3, p50Ms: 600, p95Ms: 780 }],
      });
    });

    it('has days of the home', async () => {
      await db.update(homes).set({ timezone: 'Pacific/Kiritimati' }).where(eq(homes.id, home.id));
      const noon = new Date(now);
      noon.setUTCHours(12, 0, 0, 0);
      const daysAgo = (now.getTime() - noon.getTime()) / dayMs + 2;
      await opened(daysAgo, 500);
      const next = new Date(noon.getTime() - dayMs).toISOString().slice(0, 10);
      expect((await latency()).perDay).toEqual([{ day: next, count: 1, p50Ms: 500, p95Ms: 500 }]);
    });

    it('says when the last days got slower', async () => {
      for (let place = 0; place < 10; place += 1) await opened(10, 500);
      for (let place = 0; place < 5; place += 1) await opened(1, 1_500);
      expect((await latency()).slower).toEqual({ recentMs: 1_500, beforeMs: 500, recentDays: 3 });
    });
  });
});
