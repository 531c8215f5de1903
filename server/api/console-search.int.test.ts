import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { devices, homes, locks, projectKeys, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person, Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;

interface Hit {
  kind: string;
  id: string;
  homeId?: number;
  title: string;
  state: string;
  match: string;
}

describe.each(gateway())('the search of the support console ($name)', ({ url }) => {
  const tail = randomUUID().slice(0, 8);
  // With a letter: digits with dashes alone would be looked for as a telephone number. Not four at once: that is a word.
  const serial = `SN-a1${randomUUID().slice(2, 12)}`;
  let ours: number;
  let theirs: number;
  let kari: Person;
  let twin: Person;
  let home: { id: number };
  let lock: { id: number; uuid: string };
  let hub: { id: string };
  let device: { id: number };
  let support: Staff;
  let both: Staff;
  const ask = async (who: Staff, query: Record<string, string>) => {
    const reply = await send(url, 'GET', `/staff/search?${new URLSearchParams(query)}`, who.caller);
    expect(reply.status).toBe(200);
    return reply.body as { items: Hit[]; more: string[] };
  };
  const find = async (who: Staff, q: string, more: Record<string, string> = {}) =>
    (await ask(who, { q, ...more })).items.map(({ kind, id, match }) => `${kind} ${id} ${match}`);
  /** The look for what is nearly so is given up when it takes too long, and the answer is without. */
  const findSimilar = (...asked: Parameters<typeof find>) =>
    until(async () => {
      const hits = await find(...asked);
      return hits.length > 0 && hits;
    });

  beforeAll(async () => {
    const [project, elsewhere] = [await factory.project(), await factory.project()];
    [ours, theirs] = [project.id, elsewhere.id];
    kari = await factory.person(ours, `Kari Ødegård ${tail}`);
    twin = await factory.person(theirs, `Kari Ødegård ${tail}`);
    home = await factory.home(kari, `Solveien ${tail}`);
    await factory.home(twin, `Solveien ${tail}`);
    lock = await factory.lock(home.id, `Kjellerdør ${tail}`);
    await db.update(locks).set({ serialNumber: serial }).where(eq(locks.id, lock.id));
    hub = await factory.hub({ id: home.id, projectId: ours });
    device = await factory.device(ours, home.id);
    await db
      .update(devices)
      .set({ name: `Varmeovn ${tail}`, tag: `tag-${tail}`, isConnected: true })
      .where(eq(devices.id, device.id));
    [support, both] = [
      await factory.staff('support', [ours]),
      await factory.staff('support', [ours, theirs]),
    ];
  });

  it('finds by number, address, uuid and serial, the named one first', async () => {
    const email = kari.user.email ?? '';
    expect(await find(support, email)).toEqual([`user ${kari.user.id} exact`]);
    expect(await find(support, email.toUpperCase())).toEqual([`user ${kari.user.id} exact`]);
    expect(await find(support, serial)).toEqual([`lock ${lock.id} exact`]);
    expect(await find(support, lock.uuid)).toEqual([`lock ${lock.id} exact`]);
    expect(await find(support, hub.id)).toEqual([`hub ${hub.id} exact`]);
    expect((await find(support, String(home.id)))[0]).toMatch(/exact$/);
    expect(await find(support, String(home.id), { kind: 'home' })).toEqual([`home ${home.id} exact`]);
    const phone = factory.phone();
    await db.update(users).set({ phoneNumber: phone }).where(eq(users.id, kari.user.id));
    const written = `${phone.slice(0, 3)} ${phone.slice(3, 6)} ${phone.slice(6)}`;
    expect(await find(support, written)).toEqual([`user ${kari.user.id} exact`]);
    expect(await find(support, written, { kind: 'home' })).toEqual([]);
    const everywhere = await factory.staff('admin', 'all');
    for (const whole of [phone, email])
      expect((await find(everywhere, whole))[0]).toBe(`user ${kari.user.id} exact`);
    // A wrong digit in a whole number is forgiven, and so is one in a whole serial.
    const wrong = (text: string) => `${text.slice(0, -3)}${text.at(-3) === '7' ? '8' : '7'}${text.slice(-2)}`;
    expect(await findSimilar(support, wrong(phone), { kind: 'user' })).toContain(
      `user ${kari.user.id} similar`,
    );
    expect(await findSimilar(support, wrong(serial), { kind: 'lock' })).toEqual([`lock ${lock.id} similar`]);
    expect(await find(support, `${serial.slice(0, 6)}x`, { kind: 'lock' })).toEqual([]);
  });

  it('finds parts of texts, however they are written', async () => {
    const all = [
      `device ${device.id} contains`,
      `home ${home.id} contains`,
      `lock ${lock.id} contains`,
      `user ${kari.user.id} contains`,
    ];
    expect((await find(support, tail)).sort()).toEqual(all.sort());
    for (const q of [`odegard ${tail}`, `ØDEGÅRD ${tail}`, `  Ødegård ${tail} `])
      expect((await find(support, q))[0]).toBe(`user ${kari.user.id} contains`);
    expect((await find(support, serial.slice(3)))[0]).toBe(`lock ${lock.id} contains`);
  });

  it('forgives a wrong letter, a missing one and a turn', async () => {
    for (const q of [`Solvegen ${tail}`, `Solveen ${tail}`, `Slovien ${tail}`])
      expect(await findSimilar(support, q, { kind: 'home' })).toEqual([`home ${home.id} similar`]);
    expect(await findSimilar(support, `Krai Odegaard ${tail}`, { kind: 'user' })).toEqual([
      `user ${kari.user.id} similar`,
    ]);
  });

  it('shows nothing of projects that the account does not work for, whatever is asked', async () => {
    const foreign = twin.user.email ?? '';
    for (const q of [foreign, String(twin.user.id), twin.user.uuid]) {
      expect((await find(support, q)).filter((hit) => hit.startsWith(`user ${twin.user.id} `))).toEqual([]);
      expect((await find(both, q))[0]).toBe(`user ${twin.user.id} exact`);
    }
    expect(await find(support, tail, { project: String(theirs) })).toEqual([]);
    const homesOfBoth = await find(both, tail, { kind: 'home' });
    expect(homesOfBoth).toHaveLength(2);
    expect(await find(both, tail, { kind: 'home', project: String(ours) })).toEqual([
      `home ${home.id} contains`,
    ]);
    const all = await factory.staff('admin', 'all');
    expect((await find(all, tail, { kind: 'home' })).sort()).toEqual(homesOfBoth.sort());
  });

  it('narrows to a kind and a state', async () => {
    expect(await find(support, tail, { state: 'connected' })).toEqual([`device ${device.id} contains`]);
    expect(await find(support, tail, { kind: 'lock', state: 'connected' })).toEqual([]);
    expect(await find(support, tail, { kind: 'lock', state: 'unknown' })).toEqual([
      `lock ${lock.id} contains`,
    ]);
    const key = await factory.projectKey(ours);
    await db
      .update(projectKeys)
      .set({ name: `till ${tail}`, revokedAt: new Date() })
      .where(eq(projectKeys.id, key.id));
    expect(await find(support, `till ${tail}`, { state: 'revoked' })).toEqual([`key ${key.id} exact`]);
  });

  it('shows some of many and says that there are more', async () => {
    const name = `Rekkehus ${randomUUID().slice(0, 8)}`;
    await db
      .insert(homes)
      .values(Array.from({ length: 60 }, (_, index) => ({ projectId: ours, name: `${name} ${index}` })));
    const some = await ask(support, { q: name });
    expect([some.items.length, some.more]).toEqual([8, ['home']]);
    const many = await ask(support, { q: name, kind: 'home' });
    expect([many.items.length, many.more]).toEqual([50, ['home']]);
  });

  it.each(['', '  ', 'a', '%%%', '___', '\\\\\\', "'; drop", 'x'.repeat(200), '東京都', '\ud800'])(
    'takes no harm from %j',
    async (q) => {
      expect((await ask(support, { q })).items).toEqual([]);
    },
  );

  it('keeps searches of an account under names', async () => {
    const put = (who: Staff, name: string, q: string) =>
      send(url, 'PUT', '/staff/views', { ...who.caller, body: { name, query: { q, kind: 'lock' } } });
    const kept = await put(support, 'Dead locks', 'dead');
    expect(kept.body).toMatchObject({ name: 'Dead locks', query: { q: 'dead', kind: 'lock' } });
    await put(support, 'Dead locks', 'gone');
    const listOf = async (who: Staff) =>
      (await send(url, 'GET', '/staff/views', who.caller)).body.items as { id: number; query: object }[];
    expect(await listOf(support)).toEqual([
      { id: kept.body.id, name: 'Dead locks', query: { q: 'gone', kind: 'lock' } },
    ]);
    expect(await listOf(both)).toEqual([]);
    const remove = (who: Staff) => send(url, 'DELETE', `/staff/views/${kept.body.id}`, who.caller);
    expect((await remove(both)).status).toBe(404);
    expect((await remove(support)).status).toBe(204);
    expect(await listOf(support)).toEqual([]);
    const nameless = await put(support, ' ', 'x');
    expect([nameless.status, nameless.body.reason]).toEqual([403, 'INVALID_PARAMETER']);
  });
});
