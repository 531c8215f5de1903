import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeEvents, hubs, locks } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;

describe.each(gateway())('claiming a hub by its label ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
  });
  /** A hub fresh from the factory: of no organisation, or of the one whose key is given. */
  async function fresh(key?: { key: string }) {
    const id = randomUUID();
    const serial = randomUUID();
    const { body } = await send(url, 'POST', `/hubs/${id}/ProvisionHub`, {
      apiKey: (key ?? (await factory.orgKey())).key,
      body: { hubId: id, serial, model: 'LK1' },
    });
    return { id, serial, claimCode: body.claimCode as string };
  }
  const claim = (label: { serial: string; claimCode: string }, who = kim, homeId = home.id) =>
    send(url, 'POST', '/hubs/claim', {
      token: who.token,
      body: { siteId: String(homeId), serial: label.serial, claimCode: label.claimCode },
    });
  const start = (label: { serial: string; claimCode: string }) =>
    send(url, 'POST', '/hubs/provision', {
      headers: { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
      body: { serial: label.serial, claimCode: label.claimCode },
    });

  it('ties the hub to the home, however the code was typed, and tells the home', async () => {
    const label = await fresh();
    const claimed = await claim({ ...label, claimCode: label.claimCode.toLowerCase().replaceAll('-', ' ') });
    expect(claimed).toMatchObject({
      status: 200,
      body: { hubId: label.id, status: 'Claimed', siteId: String(home.id) },
    });
    const told = await db.select().from(homeEvents).where(eq(homeEvents.homeId, home.id));
    expect(told.filter(({ topic }) => topic === 'hub')).toHaveLength(1);
    expect((await claim(label)).status).toBe(400);
  });

  it('works before the hub has its credentials and after, and the code is good for each once', async () => {
    const before = await fresh();
    expect((await claim(before)).status).toBe(200);
    expect((await start(before)).status).toBe(200);
    const after = await fresh();
    expect((await start(after)).status).toBe(200);
    expect((await start(after)).status).toBe(403);
    expect((await claim(after)).status).toBe(200);
    for (const label of [before, after]) {
      expect((await start(label)).status).toBe(403);
      const [row] = await db.select().from(hubs).where(eq(hubs.id, label.id));
      expect(row).toMatchObject({ claimHash: null, sealedClaimCode: null, status: 'claimed' });
    }
  });

  it('answers a wrong code, an unknown serial number and another organisation’s hub alike', async () => {
    const elsewhere = await factory.orgKey((await factory.project()).id);
    const label = await fresh();
    const answers = [
      await claim({ ...label, claimCode: 'AAAA-BBBB-CCCC' }),
      await claim({ serial: randomUUID(), claimCode: label.claimCode }),
      await claim(await fresh(elsewhere)),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body).toEqual({ ...answers[0]?.body, requestId: body.requestId });
    }
    expect((await claim(label)).status).toBe(200);
  });

  it('is for owners of the home alone, and guessing ends after ten tries', async () => {
    const jo = await factory.person(project.id);
    await factory.member(home.id, jo, 'member');
    const label = await fresh();
    expect((await claim(label, jo)).status).toBe(403);
    for (let tries = 0; tries < 10; tries += 1)
      expect((await claim({ serial: label.serial, claimCode: 'AAAA' })).status).toBe(400);
    expect((await claim(label)).status).toBe(429);
    const [row] = await db.select().from(hubs).where(eq(hubs.id, label.id));
    expect(row?.status).toBe('provisioned');
  });

  it('lists the locks of a home with hub and owner, for those who keep it', async () => {
    const hub = await factory.hub(home);
    const behind = await factory.lock(home.id, 'Attic');
    const alone = await factory.lock(home.id, 'Cellar');
    await db.update(locks).set({ hubId: hub.id }).where(eq(locks.id, behind.id));
    const jo = await factory.person(project.id, 'Jo');
    await factory.member(home.id, jo, 'member');
    await db.update(locks).set({ ownerId: jo.user.id }).where(eq(locks.id, alone.id));
    const listed = await send(url, 'GET', `/homes/${home.id}/locks`, { token: jo.token });
    expect(listed).toMatchObject({
      status: 200,
      body: {
        items: [
          {
            lockId: behind.id,
            name: 'Attic',
            hub: { hubId: hub.id, serial: hub.serial },
            owner: { name: 'Kim' },
          },
          { lockId: alone.id, name: 'Cellar', owner: { userId: jo.user.id, name: 'Jo' } },
        ],
      },
    });
    expect(listed.body.items[1].hub).toBeUndefined();
    const guest = await factory.person(project.id);
    await factory.member(home.id, guest, 'guest');
    expect((await send(url, 'GET', `/homes/${home.id}/locks`, { token: guest.token })).status).toBe(403);
  });
});
