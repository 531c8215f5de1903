import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, homeEvents, hubs, locks, things } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';
import type { VirtualHub } from '@/server/testing/virtual-hub';

const factory = ground();
const { db } = factory.deps;
const time = expect.any(Number);

describe.each(gateway())('/hubs ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let hub: Awaited<ReturnType<typeof factory.hub>>;
  const running: VirtualHub[] = [];
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
    hub = await factory.hub(home);
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.end();
  });
  const plug = async (one: { id: string; thing: string; mqtt: { password: string } } = hub) => {
    const plugged = await factory.virtualHub(one);
    running.push(plugged);
    return plugged;
  };
  const post = (name: string, body: object, credentials: object = { token: kim.token }, id = hub.id) =>
    send(url, 'POST', `/hubs/${id}/${name}`, { ...credentials, body: { hubId: id, ...body } });
  const status = (id = hub.id, credentials: object = { token: kim.token }) =>
    send(url, 'GET', `/hubs/${id}/status`, credentials);
  const userId = () => String(kim.user.id);
  const history = async (id = hub.id) =>
    (await db.select().from(domainEvents).where(eq(domainEvents.aggregateId, id)))
      .sort((one, other) => one.version - other.version)
      .map(({ version, type, orgId }) => `${version} ${type} ${orgId === null ? 'of nobody' : 'of us'}`);
  const lines = async (homeId = home.id) =>
    (await db.select().from(homeEvents).where(eq(homeEvents.homeId, homeId)))
      .sort((one, other) => one.position - other.position)
      .filter(({ topic }) => topic === 'hub')
      .map(({ payload }) => payload);
  /** A place that nobody else comes from: tries are counted by address. */
  const fromElsewhere = () => ({
    'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
  });
  /** A hub fresh from the factory, with its credentials. */
  async function fresh(credentials: object) {
    const id = randomUUID();
    const serial = randomUUID();
    const made = await post('ProvisionHub', { serial, model: 'LK1' }, credentials, id);
    const started = await send(url, 'POST', '/hubs/provision', {
      headers: fromElsewhere(),
      body: { serial, claimCode: made.body.claimCode },
    });
    return {
      id,
      serial,
      made,
      started,
      thing: started.body.thing as string,
      mqtt: { password: started.body.mqtt?.password as string },
    };
  }

  it('tells how a hub of a home stands, also before it was heard of', async () => {
    const reply = await status();
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      hubId: hub.id,
      serial: hub.serial,
      model: 'generic',
      thingName: `hub-${hub.id}`,
      status: 'Claimed',
      orgId: project.uuid,
      siteId: String(home.id),
      isPrimary: false,
      provisionedAt: time,
      claimedAt: time,
    });
    expect(await history()).toEqual(['1 HubProvisioned of us', '2 HubClaimed of us']);
  });

  it('tells its home when a hub comes, says something of itself and goes', async () => {
    const plugged = await plug();
    expect((await status()).body).toMatchObject({ online: true, lastSeen: time });
    await plugged.report({ version: '1.4.0', startedAt: Date.now() - 90_000 });
    const { body } = await status();
    expect(body.version).toBe('1.4.0');
    expect(body.uptimeSeconds).toBeGreaterThanOrEqual(90);
    await plugged.end();
    await until(async () => (await status()).body.online === false);
    expect((await lines()).map((line) => (line as { online: boolean }).online)).toEqual([
      undefined,
      true,
      true,
      false,
    ]);
    expect((await status()).body).not.toHaveProperty('uptimeSeconds');
  });

  it('lists the hubs of the homes that a person has a place in, and those of an organisation to its key', async () => {
    const other = await factory.home(await factory.person(project.id), 'Attic');
    const second = await factory.hub(other);
    const elsewhere = await factory.project();
    const theirs = await factory.hub(await factory.home(await factory.person(elsewhere.id)));
    const list = async (credentials: object, query = '') =>
      (await send(url, 'GET', `/hubs${query}`, credentials)).body.items.map(
        ({ hubId }: { hubId: string }) => hubId,
      );
    expect(await list({ token: kim.token })).toEqual([hub.id]);
    await factory.member(other.id, kim, 'guest');
    expect(await list({ token: kim.token })).toEqual([hub.id, second.id].sort());
    expect(await list({ token: kim.token }, `?homeId=${other.id}`)).toEqual([second.id]);
    const { key } = await factory.orgKey(project.id);
    expect(await list({ apiKey: key })).toEqual([hub.id, second.id].sort());
    const foreign = await send(url, 'GET', `/hubs?homeId=${theirs.id.length + 900_000_000}`, { apiKey: key });
    expect(foreign.body).toEqual({ items: [], next: null });
    expect((await send(url, 'GET', '/hubs?homeId=x', { apiKey: key })).status).toBe(400);
    expect((await send(url, 'GET', '/hubs?after=x', { apiKey: key })).status).toBe(400);
    expect((await send(url, 'GET', '/hubs')).status).toBe(401);
  });

  it('is provisioned by the factory once: 201, then 200 without an event', async () => {
    const superKey = await factory.orgKey();
    const id = randomUUID();
    const body = { serial: 'S-9', model: 'LK1', vendorName: 'Acme' };
    const first = await post('ProvisionHub', body, { apiKey: superKey.key }, id);
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      success: true,
      aggregateId: id,
      version: 1,
      event: {
        type: 'HubProvisioned',
        data: { hubId: id, ...body, thingName: `hub-${id}`, provisionedAt: time },
      },
      claimCode: expect.stringMatching(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/),
    });
    const again = await post('ProvisionHub', body, { apiKey: superKey.key }, id);
    expect([again.status, again.body]).toEqual([
      200,
      { success: true, aggregateId: id, version: 1, event: null },
    ]);
    expect((await status(id, { apiKey: superKey.key })).body).toMatchObject({
      status: 'Provisioned',
      orgId: null,
      siteId: null,
      claimedAt: null,
    });
    const [row] = await db.select().from(hubs).where(eq(hubs.id, id));
    expect(row?.sealedClaimCode?.toString()).not.toContain(first.body.claimCode);
    expect((await status(id)).status).toBe(404);
    expect((await post('ProvisionHub', body, { token: kim.token }, randomUUID())).status).toBe(403);
  });

  it('refuses names of things that are somebody else’s', async () => {
    const { key } = await factory.orgKey(project.id);
    const lock = await factory.lock(home.id);
    for (const thingName of [
      lock.thing,
      `lock-${randomUUID()}`,
      `hub-${randomUUID()}`,
      'svc:gateway',
      'a b',
    ]) {
      const reply = await post(
        'ProvisionHub',
        { serial: 'S', model: 'M', thingName },
        { apiKey: key },
        randomUUID(),
      );
      expect([reply.status, reply.body.details?.[0]?.field]).toEqual([400, 'thingName']);
    }
    const named = await post(
      'ProvisionHub',
      { serial: 'S', model: 'M', thingName: `acme-${randomUUID()}` },
      { apiKey: key },
      randomUUID(),
    );
    expect(named.status).toBe(201);
  });

  it('gives its credentials once for serial and claim code, and refuses everything else alike', async () => {
    const { key } = await factory.orgKey(project.id);
    const { id, serial, made, started } = await fresh({ apiKey: key });
    expect(started.status).toBe(200);
    expect(started.body).toEqual({
      hubId: id,
      thing: `hub-${id}`,
      mqtt: expect.objectContaining({
        host: expect.any(String),
        port: time,
        username: `hub-${id}`,
        password: expect.stringMatching(/^\w{40}$/),
      }),
      ca: null,
    });
    const attempt = (body: object) =>
      send(url, 'POST', '/hubs/provision', { headers: fromElsewhere(), body });
    const refused = [
      await attempt({ serial, claimCode: made.body.claimCode }),
      await attempt({ serial, claimCode: 'AAAA-BBBB-CCCC' }),
      await attempt({ serial: randomUUID(), claimCode: made.body.claimCode }),
    ];
    for (const reply of refused) expect([reply.status, reply.body]).toEqual([403, refused[0]?.body]);
    const tried = { serial: randomUUID(), claimCode: 'AAAA-BBBB-CCCC' };
    for (let turn = 0; turn < 10; turn += 1) expect((await attempt(tried)).status).toBe(403);
    const stopped = await attempt(tried);
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is claimed once for a home by its owner, when it is connected', async () => {
    const superKey = await factory.orgKey();
    const made = await fresh({ apiKey: superKey.key });
    const claim = (body: object = {}, credentials: object = { token: kim.token }) =>
      post('ClaimHub', { siteId: String(home.id), userId: userId(), ...body }, credentials, made.id);
    const offline = await claim();
    expect([offline.status, offline.body.message]).toEqual([502, 'The hub is not connected.']);
    await plug(made);
    const claimed = await claim();
    expect(claimed.status).toBe(200);
    expect(claimed.body).toEqual({
      success: true,
      aggregateId: made.id,
      version: 2,
      event: {
        type: 'HubClaimed',
        data: {
          hubId: made.id,
          orgId: project.uuid,
          siteId: String(home.id),
          userId: userId(),
          claimedAt: time,
        },
      },
    });
    expect((await status(made.id)).body).toMatchObject({ status: 'Claimed', orgId: project.uuid });
    expect(await history(made.id)).toEqual(['1 HubProvisioned of nobody', '2 HubClaimed of us']);
    const [thing] = await db.select().from(things).where(eq(things.name, made.thing));
    expect(thing?.projectId).toBe(project.id);
    const twice = await claim();
    const random = await post(
      'ClaimHub',
      { siteId: String(home.id), userId: userId() },
      undefined,
      randomUUID(),
    );
    const elsewhere = await factory.project();
    const stranger = await factory.person(elsewhere.id);
    const theirs = await factory.home(stranger);
    const foreign = await claim(
      { siteId: String(theirs.id), userId: String(stranger.user.id) },
      { token: stranger.token },
    );
    for (const reply of [twice, random, foreign]) {
      expect(reply.status).toBe(400);
      expect(reply.body).toEqual(twice.body);
      expect(reply.body.details).toEqual([
        { field: 'hubId', message: 'is not provisioned, or is claimed already' },
      ]);
    }
  });

  it('is claimed for no other organisation, no other person and no other home', async () => {
    const superKey = await factory.orgKey();
    const made = await fresh({ apiKey: superKey.key });
    await plug(made);
    const { key } = await factory.orgKey(project.id);
    const elsewhere = await factory.project();
    const theirs = await factory.home(await factory.person(elsewhere.id));
    const member = await factory.person(project.id);
    await factory.member(home.id, member, 'member');
    const claim = (body: object, credentials: object) =>
      post('ClaimHub', { siteId: String(home.id), userId: userId(), ...body }, credentials, made.id);
    expect((await claim({ orgId: elsewhere.uuid }, { apiKey: key })).status).toBe(403);
    expect((await claim({ orgId: elsewhere.uuid }, { apiKey: superKey.key })).status).toBe(403);
    expect((await claim({ userId: '1' }, { token: kim.token })).status).toBe(403);
    expect((await claim({ userId: String(member.user.id) }, { token: member.token })).status).toBe(403);
    const away = await claim({ siteId: String(theirs.id) }, { apiKey: key });
    expect([away.status, away.body.details]).toEqual([
      400,
      [{ field: 'siteId', message: 'there is no such home' }],
    ]);
    expect(await history(made.id)).toEqual(['1 HubProvisioned of nobody']);
    expect((await claim({ orgId: project.uuid }, { apiKey: key })).status).toBe(200);
  });

  it('answers 400 that names the field for a body that does not fit the path', async () => {
    const call = (name: string, body: object) => send(url, 'POST', `/hubs/${hub.id}/${name}`, { body });
    const other = await call('SuspendHub', { hubId: randomUUID(), reason: 'x', userId: '1' });
    expect([other.status, other.body.details]).toEqual([
      400,
      [{ field: 'hubId', message: 'must equal the id of the path' }],
    ]);
    const missing = await call('ClaimHub', { hubId: hub.id });
    expect(missing.body.details.map(({ field }: { field: string }) => field).sort()).toEqual([
      'siteId',
      'userId',
    ]);
    expect((await call('SuspendHub', { hubId: hub.id, reason: 'x', userId: '1' })).status).toBe(401);
  });

  it('has one primary hub a home: making one of them so takes it from the other', async () => {
    const second = await factory.hub(home);
    await plug();
    await plug(second);
    const first = await post('SetHubRole', { isPrimary: true, userId: userId() });
    expect(first.body).toMatchObject({
      version: 3,
      event: { type: 'HubRoleSet', data: { isPrimary: true } },
    });
    const again = await post('SetHubRole', { isPrimary: true, userId: userId() });
    expect(again.body).toMatchObject({ version: 3, event: null });
    await post('SetHubRole', { isPrimary: true, userId: userId() }, undefined, second.id);
    expect((await status()).body.isPrimary).toBe(false);
    expect((await status(second.id)).body.isPrimary).toBe(true);
    expect((await history()).at(-1)).toBe('4 HubRoleSet of us');
  });

  it('moves to another home and leaves its locks behind, out of reach', async () => {
    const cabin = await factory.home(kim, 'Cabin');
    const lock = await factory.lock(home.id);
    await db.update(locks).set({ hubId: hub.id }).where(eq(locks.id, lock.id));
    await plug();
    const body = { newOrgId: project.uuid, newSiteId: String(cabin.id), reason: 'moved', userId: userId() };
    const foreign = await post('ReClaimHub', { ...body, newOrgId: randomUUID() });
    expect(foreign.status).toBe(403);
    const moved = await post('ReClaimHub', body);
    expect(moved.body).toMatchObject({
      version: 3,
      event: { type: 'HubReClaimed', data: { reason: 'moved' } },
    });
    expect((await status()).body.siteId).toBe(String(cabin.id));
    const [door] = await db.select().from(locks).where(eq(locks.id, lock.id));
    expect([door?.homeId, door?.hubId, door?.reachable]).toEqual([home.id, null, false]);
    expect((await lines()).at(-1)).toEqual({ hubId: hub.id, gone: true });
    const member = await factory.person(project.id);
    await factory.member(cabin.id, member, 'owner');
    const taken = await post(
      'ReClaimHub',
      { ...body, newSiteId: String(home.id), userId: String(member.user.id) },
      { token: member.token },
    );
    expect(taken.status).toBe(403);
  });
});
