import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { guestLinks, guestPins, homes, rateCounts } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const term = { validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2100-01-01T00:00:00.000Z' };
const invalid = { success: false, error: 'Unauthorized', message: 'Invalid PIN', code: 401 };
const nobodysLock = 900_000_000_000_000 + Math.floor(Math.random() * 1e9);

describe.each(gateway())('open-with-pin ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    kim = await factory.person((await factory.project()).id);
    home = await factory.home(kim);
    lock = await factory.lock(home.id);
  });
  const make = async (body: object = {}) => {
    const doors = [{ lockId: lock.id, accessMethod: 'code' }];
    const made = await send(url, 'POST', '/temp-keys', {
      token: kim.token,
      body: { ...term, doors, ...body },
    });
    return made.body as { pin: string; uuid: string };
  };
  const open = (pin: unknown, at = lock.id) =>
    send(url, 'POST', `/locks/${at}/open-with-pin`, { body: { pin } });
  const wrongOf = (pin: string) => String((Number(pin) + 1) % 1_000_000).padStart(6, '0');

  it('opens without any credential, and says whether the lock could hear it', async () => {
    const { pin, uuid } = await make({ label: 'Cleaner' });
    expect((await open(pin)).body).toEqual({ success: true, offline: true });
    const virtual = await factory.virtualLock(lock);
    expect((await open(pin)).body).toEqual({ success: true, offline: false });
    const [first] = await factory.openings(lock.id);
    expect(first).toMatchObject({
      principalKind: 'guestLink',
      principalId: uuid,
      principalName: 'guest link Cleaner',
      via: 'pin',
    });
    await virtual.stop();
  });

  it('answers every refusal alike: wrong, elsewhere, too late, used up, revoked, switched off, no such lock', async () => {
    const other = await factory.lock(home.id);
    const [good, late, spent, revoked] = [
      await make(),
      await make({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2020-02-01T00:00:00Z' }),
      await make({ maxUses: 1 }),
      await make(),
    ];
    expect((await open(spent.pin)).status).toBe(200);
    await send(url, 'DELETE', `/temp-keys/${revoked.uuid}`, { token: kim.token });
    expect(await db.select().from(guestPins).where(eq(guestPins.linkUuid, revoked.uuid))).toEqual([]);
    for (const [pin, at] of [
      [wrongOf(good.pin), lock.id],
      [late.pin, lock.id],
      [spent.pin, lock.id],
      [revoked.pin, lock.id],
      [good.pin, other.id],
      [good.pin, nobodysLock],
    ] as const) {
      const { status, body } = await open(pin, at);
      expect({ status, body }).toEqual({ status: 401, body: invalid });
    }
    await db.delete(rateCounts).where(eq(rateCounts.subject, `pin lock ${lock.id}`));
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    expect((await open(good.pin)).body).toEqual(invalid);
    await db.update(homes).set({ deactivated: false }).where(eq(homes.id, home.id));
    await db.update(guestLinks).set({ accessMode: 'user-whitelist' }).where(eq(guestLinks.uuid, good.uuid));
    expect((await open(good.pin)).body).toEqual(invalid);
  });

  it('names a PIN that is none by its shape', async () => {
    for (const pin of ['123', '123456789', '12a4', 1234, null, '١٢٣٤']) {
      const reply = await open(pin);
      expect(reply.status).toBe(400);
      expect(reply.body.details[0].field).toBe('pin');
    }
    expect(
      await db
        .select()
        .from(rateCounts)
        .where(eq(rateCounts.subject, `pin lock ${lock.id}`)),
    ).toEqual([]);
  });

  it('lets five of a hundred wrong ones at once be tried, then asks for patience, for the right one too', async () => {
    const { pin } = await make();
    const replies = await Promise.all(Array.from({ length: 100 }, () => open(wrongOf(pin))));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
    const limited = replies.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(95);
    const wait = Number(limited[0]?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(30);
    expect((await open(pin)).status).toBe(429);
    expect(await factory.openings(lock.id)).toEqual([]);
    const elsewhere = await factory.lock(home.id);
    expect((await open(pin, elsewhere.id)).status).toBe(401);
  });

  it('waits longer after each further failure, and forgets ten minutes after the last', async () => {
    const { pin } = await make();
    const subject = `pin lock ${lock.id}`;
    const set = (count: number, secondsAgo: number) =>
      db
        .insert(rateCounts)
        .values({ subject, count, windowStart: new Date(Date.now() - secondsAgo * 1000) })
        .onConflictDoUpdate({
          target: rateCounts.subject,
          set: { count, windowStart: new Date(Date.now() - secondsAgo * 1000) },
        });
    const waitOf = async (count: number, secondsAgo: number) => {
      await set(count, secondsAgo);
      return Number((await open(pin)).headers.get('retry-after'));
    };
    const waits = [await waitOf(5, 0), await waitOf(6, 0), await waitOf(8, 0), await waitOf(30, 0)];
    expect(waits.every((wait, place) => place === 0 || wait > (waits[place - 1] ?? 0))).toBe(true);
    expect(Math.max(...waits)).toBeLessThanOrEqual(480);
    await set(6, 120);
    expect((await open(wrongOf(pin))).status).toBe(401);
    expect((await open(pin)).status).toBe(429);
    await set(30, 601);
    expect((await open(pin)).status).toBe(200);
    for (let count = 0; count < 5; count += 1) expect((await open(wrongOf(pin))).status).toBe(401);
    expect((await open(pin)).status).toBe(429);
  });

  it('does not count a PIN that opens, and gives every link of a door another one', async () => {
    const links = await Promise.all(Array.from({ length: 6 }, () => make()));
    expect(new Set(links.map(({ pin }) => pin)).size).toBe(6);
    for (const { pin } of links) expect((await open(pin)).status).toBe(200);
    expect((await factory.openings(lock.id)).map(({ principalId }) => principalId).sort()).toEqual(
      links.map(({ uuid }) => uuid).sort(),
    );
  });
});
