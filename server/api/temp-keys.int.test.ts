import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, guestLinks, guestPins, homeEvents, homes, locks } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { settled } from '@/server/testing/settled';

const factory = ground();
const { db } = factory.deps;
const term = { validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2100-01-01T00:00:00.000Z' };

describe.each(gateway())('/temp-keys ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
    lock = await factory.lock(home.id);
  });
  const post = (path: string, body: object, credentials: object = { token: kim.token }) =>
    send(url, 'POST', path, { ...credentials, body });
  const make = (body: object = {}, credentials?: object) =>
    post('/temp-keys', { ...term, doors: [{ lockId: lock.id }], ...body }, credentials);
  const list = async (at = lock.id) =>
    (await send(url, 'GET', `/locks/${at}/temp-keys`, { token: kim.token })).body.tempKeys;
  const pathOf = (link: { body: { url: string } }) => new URL(link.body.url).pathname;
  const openBy = (path: string, body: object = {}) =>
    send(url, 'POST', `${path}/open`, {
      headers: { accept: 'application/json' },
      body: new URLSearchParams(body as Record<string, string>),
    });
  const history = async (at = lock.id) =>
    (
      await db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.aggregateId, String(at)))
    )
      .filter(({ aggregateType }) => aggregateType === 'lock')
      .sort((one, other) => one.version - other.version);

  it('shows token and PIN once, and keeps neither', async () => {
    const cellar = await factory.lock(home.id, 'Cellar');
    const made = await make({
      label: 'Cleaner',
      description: 'Tuesdays',
      weekdays: ['tue'],
      from: '08:00',
      until: '12:00',
      maxUses: 5,
      doors: [
        { lockId: lock.id, label: 'Blue door' },
        { lockId: cellar.id, accessMethod: 'both' },
      ],
    });
    expect(made.status).toBe(201);
    const { url: link, pin, uuid } = made.body;
    expect(link).toMatch(new RegExp(`^${url}/k/[A-Za-z0-9]{40}$`));
    expect(pin).toMatch(/^\d{6}$/);
    expect(made.body).toMatchObject({
      success: true,
      ...term,
      accessMode: 'public',
      label: 'Cleaner',
      description: 'Tuesdays',
      weekdays: ['tue'],
      from: '08:00',
      until: '12:00',
      maxUses: 5,
      usedCount: 0,
      status: 'valid',
      doors: [
        { lockId: lock.id, name: 'Front door', label: 'Blue door', accessMethod: 'key' },
        { lockId: cellar.id, name: 'Cellar', accessMethod: 'both' },
      ],
      createdBy: { kind: 'user', id: String(kim.user.id), name: 'Kim' },
    });
    const token = link.split('/').at(-1) as string;
    const rows = [
      await db.select().from(guestLinks).where(eq(guestLinks.uuid, uuid)),
      await db.select().from(guestPins).where(eq(guestPins.linkUuid, uuid)),
      await history(),
      await history(cellar.id),
      await db.select().from(homeEvents).where(eq(homeEvents.homeId, home.id)),
      (await send(url, 'GET', '/temp-keys', { token: kim.token })).body,
    ];
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows.map((row) => row))).not.toContain(`"${pin}"`);
    expect(await list()).toMatchObject([{ uuid, usedCount: 0 }]);
    expect(await list(cellar.id)).toMatchObject([{ uuid }]);
    expect((await history()).map(({ type, version }) => [type, version])).toEqual([
      ['LockCreated', 1],
      ['TempKeyCreated', 2],
    ]);
    expect((await history(cellar.id)).map(({ type }) => type)).toEqual(['LockCreated', 'TempKeyCreated']);
    expect((await make()).body.pin).toBeNull();
  });

  it('opens the door in the name of the link, once for each requestId, and records the use', async () => {
    const virtual = await factory.virtualLock(lock);
    const made = await make({ label: 'Cleaner', maxUses: 1 });
    const requestId = randomUUID();
    const replies = await Promise.all(Array.from({ length: 8 }, () => openBy(pathOf(made), { requestId })));
    expect(replies.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const [opening, ...others] = await factory.openings(lock.id);
    expect(others).toEqual([]);
    expect(opening).toMatchObject({
      principalKind: 'guestLink',
      principalId: made.body.uuid,
      principalName: 'guest link Cleaner',
      via: 'link',
      requestId,
    });
    expect((opening?.expiresAt.getTime() ?? 0) - (opening?.createdAt.getTime() ?? 0)).toBe(8_000);
    expect((await history()).map(({ type, data }) => [type, data.usedCount])).toEqual([
      ['LockCreated', undefined],
      ['TempKeyCreated', undefined],
      ['LockOpenRequested', undefined],
      ['TempKeyUsed', 1],
    ]);
    expect(await list()).toMatchObject([{ usedCount: 1, status: 'used-up', state: 'used-up' }]);
    const more = await openBy(pathOf(made), { requestId: randomUUID() });
    expect(more.status).toBe(400);
    expect((await openBy(pathOf(made), { requestId })).status).toBe(200);
    expect(await factory.openings(lock.id)).toHaveLength(1);
    await settled(url, kim.token, lock.id, 'confirmed');
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('of twenty at once for the last uses lets exactly those through', async () => {
    const doors = [lock, await factory.lock(home.id), await factory.lock(home.id)];
    const made = await make({ maxUses: 3, doors: doors.map(({ id }) => ({ lockId: id })) });
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        openBy(pathOf(made), { door: made.body.doors[n % 3].id, requestId: `r-${n}` }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(replies.filter(({ status }) => status === 400)).toHaveLength(17);
    expect(await list()).toMatchObject([{ usedCount: 3 }]);
  });

  it('is revoked once, and the second is told', async () => {
    const made = await make();
    const gone = () => send(url, 'DELETE', `/temp-keys/${made.body.uuid}`, { token: kim.token });
    expect((await gone()).body).toEqual({ success: true, uuid: made.body.uuid, alreadyRevoked: false });
    expect((await gone()).body).toEqual({ success: true, uuid: made.body.uuid, alreadyRevoked: true });
    expect((await openBy(pathOf(made))).status).toBe(400);
    expect(await factory.openings(lock.id)).toEqual([]);
    expect(await list()).toEqual([]);
    expect((await history()).map(({ type }) => type)).toEqual([
      'LockCreated',
      'TempKeyCreated',
      'TempKeyDeleted',
    ]);
  });

  it('answers unknown, foreign and revoked tokens byte for byte alike', async () => {
    const revoked = await make();
    await send(url, 'DELETE', `/temp-keys/${revoked.body.uuid}`, { token: kim.token });
    const good = await make();
    const headers = { accept: 'application/json', authorization: `Bearer ${'x'.repeat(40)}` };
    const told = new Set<string>();
    for (const path of [pathOf(revoked), '/k/nobody', `/k/${'A'.repeat(40)}`, `/k/${good.body.uuid}`]) {
      const { status, body } = await openBy(path);
      told.add(JSON.stringify({ status, body }));
    }
    for (const uuid of [good.body.uuid, revoked.body.uuid, randomUUID()]) {
      const { status, body } = await send(url, 'POST', `/temp-keys/${uuid}/open`, { headers });
      told.add(JSON.stringify({ status, body }));
    }
    expect([...told]).toHaveLength(1);
    expect([...told][0]).toContain('"status":400');
    const pages = [];
    for (const path of [pathOf(revoked), `/k/${'A'.repeat(40)}`, `/temp-keys/${randomUUID()}`]) {
      const { status, body } = await send(url, 'GET', path);
      const shown = (body as string).replaceAll(/nonce="[^"]+"/g, '').replaceAll(path, '/k/');
      pages.push(JSON.stringify({ status, shown }));
    }
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('"status":404');
    expect(await factory.openings(lock.id)).toEqual([]);
  });

  it('is opened by its name with the token beside it, and leads on with 303', async () => {
    const made = await make();
    const { uuid } = made.body;
    const token = pathOf(made).split('/').at(-1) as string;
    const [door] = made.body.doors;
    for (const path of [`/temp-keys/${uuid}/open`, `/temp-keys/${uuid}/doors/${door.id}/open`]) {
      const reply = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        redirect: 'manual',
      });
      expect(reply.status).toBe(303);
      expect(reply.headers.get('location')).toMatch(
        new RegExp(`^/temp-keys/${uuid}\\?door=${door.id}&offline=1&request=`),
      );
    }
    expect(await factory.openings(lock.id)).toHaveLength(2);
    const wrong = await openBy(`/temp-keys/${token}`, { door: randomUUID() });
    expect(wrong.body.details).toEqual([{ field: 'door', message: 'is no door of this link' }]);
  });

  it('on a whitelist opens for those people alone', async () => {
    const [guest, stranger] = [await factory.person(project.id, 'Gry'), await factory.person(project.id)];
    const tempKeyUuid = randomUUID();
    const body = { tempKeyUuid, accessMode: 'user-whitelist', ...term };
    const bare = await post(`/locks/${lock.id}/create-temp-key`, body);
    expect(bare.body.details).toEqual(
      [{ field: 'allowedUserIds', message: 'allowedUserIds: is required' }].map(() =>
        expect.objectContaining({ field: 'allowedUserIds' }),
      ),
    );
    const made = await post(`/locks/${lock.id}/create-temp-key`, {
      ...body,
      allowedUserIds: [String(guest.user.id)],
    });
    const open = (person?: Person) =>
      send(url, 'POST', `${pathOf(made)}/open`, {
        ...(person && { token: person.token }),
        headers: { accept: 'application/json' },
      });
    expect((await open()).status).toBe(403);
    expect((await open(stranger)).status).toBe(403);
    expect((await open(guest)).status).toBe(200);
    const rows = await factory.openings(lock.id);
    expect(rows.map(({ principalName }) => principalName)).toEqual(['guest link (Gry)']);
    const jwt = await send(url, 'POST', '/auth/token', { token: guest.token });
    const byJwt = await send(url, 'POST', `${pathOf(made)}/open`, {
      headers: { accept: 'application/json', authorization: `Bearer ${jwt.body.token}` },
    });
    expect(byJwt.status).toBe(200);
  });

  it('counts for nothing outside its window, in a home that is off, or at a lock that has left', async () => {
    const inFuture = await make({ validFrom: '2099-01-01T00:00:00Z' });
    const over = await make({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2020-01-02T00:00:00Z' });
    const good = await make();
    expect((await openBy(pathOf(inFuture))).status).toBe(400);
    expect((await openBy(pathOf(over))).status).toBe(400);
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    expect((await openBy(pathOf(good))).status).toBe(400);
    await db.update(homes).set({ deactivated: false }).where(eq(homes.id, home.id));
    const next = await factory.home(kim, 'Next');
    await db.update(locks).set({ homeId: next.id }).where(eq(locks.id, lock.id));
    expect((await openBy(pathOf(good))).status).toBe(400);
    expect(await factory.openings(lock.id)).toEqual([]);
  });

  it('goes with the home', async () => {
    const made = await make();
    await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token });
    expect((await openBy(pathOf(made))).status).toBe(400);
    expect((await send(url, 'GET', `${pathOf(made)}/state`)).body).toEqual({ state: 'unknown' });
  });

  it('commands of one lock: made, repeated, changed and deleted with their events', async () => {
    const tempKeyUuid = randomUUID();
    const at = (name: string, body: object) => post(`/locks/${lock.id}/${name}`, { tempKeyUuid, ...body });
    const made = await at('create-temp-key', { accessMode: 'public', ...term, maxUses: 2, description: 'x' });
    expect(made.status).toBe(200);
    expect(made.body).toEqual({
      success: true,
      aggregateId: String(lock.id),
      version: 2,
      event: {
        type: 'TempKeyCreated',
        data: {
          lockId: lock.id,
          uuid: lock.uuid,
          timestamp: expect.stringMatching(/Z$/),
          tempKeyUuid,
          accessMode: 'public',
          ...term,
          maxUses: 2,
          description: 'x',
        },
      },
      tempKeyUuid,
      url: expect.stringMatching(/\/k\/[A-Za-z0-9]{40}$/),
    });
    const again = await at('create-temp-key', { accessMode: 'public', ...term });
    expect(again.body).toEqual({
      success: true,
      aggregateId: String(lock.id),
      version: 2,
      event: null,
      tempKeyUuid,
    });
    const other = await factory.lock(home.id);
    const taken = { tempKeyUuid, accessMode: 'public', ...term };
    expect((await post(`/locks/${other.id}/create-temp-key`, taken)).status).toBe(409);
    const changed = await at('update-temp-key', { maxUses: null, from: '09:00' });
    expect(changed.body).toMatchObject({
      version: 3,
      event: { type: 'TempKeyUpdated', data: { maxUses: null } },
    });
    expect((await at('update-temp-key', { from: '09:00' })).body).toMatchObject({ version: 3, event: null });
    expect((await at('update-temp-key', { description: '' })).body).toMatchObject({
      event: { type: 'TempKeyUpdated', data: { description: null } },
    });
    expect((await at('update-temp-key', { validFrom: '2101-01-01T00:00:00Z' })).body.details).toEqual([
      { field: 'validUntil', message: 'must be after validFrom' },
    ]);
    expect((await at('delete-temp-key', {})).body).toMatchObject({
      version: 5,
      event: { type: 'TempKeyDeleted', data: { tempKeyUuid } },
    });
    expect((await at('delete-temp-key', {})).body).toMatchObject({ version: 5, event: null });
    expect((await at('update-temp-key', { maxUses: 1 })).status).toBe(404);
    // What was deleted does not come back under its name, and no answer says that it has.
    expect((await at('create-temp-key', { accessMode: 'public', ...term })).status).toBe(409);
    expect((await at('delete-temp-key', { tempKeyUuid: randomUUID() })).status).toBe(404);
  });

  it('a use that happened elsewhere is counted by a super key alone, while the key is good', async () => {
    const { body: made } = await make({ maxUses: 1 });
    const use = (credentials: object) =>
      post(`/locks/${lock.id}/use-temp-key`, { tempKeyUuid: made.uuid, userId: 7 }, credentials);
    const superKey = { apiKey: (await factory.orgKey()).key };
    expect((await use({ token: kim.token })).status).toBe(403);
    expect((await use({ apiKey: (await factory.orgKey(project.id)).key })).status).toBe(403);
    expect((await use(superKey)).body).toMatchObject({
      version: 3,
      event: { type: 'TempKeyUsed', data: { tempKeyUuid: made.uuid, userId: '7', usedCount: 1 } },
    });
    const spent = await use(superKey);
    expect(spent.status).toBe(400);
    expect(spent.body.details).toEqual([{ field: 'tempKeyUuid', message: 'is used-up' }]);
  });

  it('is made for doors of one home by those who own it, and nothing is kept of one that is not', async () => {
    const other = await factory.home(kim, 'Other');
    const far = await factory.lock(other.id);
    const stranger = await factory.lock((await factory.home(await factory.person(project.id))).id);
    const foreign = await factory.lock(
      (await factory.home(await factory.person((await factory.project()).id))).id,
    );
    const member = await factory.person(project.id);
    await factory.member(home.id, member, 'member');
    for (const [doors, status, field] of [
      [[lock.id, far.id], 400, 'doors.1.lockId'],
      [[lock.id, lock.id], 400, 'doors.1.lockId'],
      [[lock.id, stranger.id], 403, undefined],
      [[lock.id, foreign.id], 404, undefined],
      [[lock.id, 900_000_000_000_001], 404, undefined],
      [[], 400, 'doors'],
    ] as const) {
      const reply = await make({ doors: doors.map((lockId) => ({ lockId })) });
      expect({ doors, status: reply.status, field: reply.body.details?.[0]?.field }).toEqual({
        doors,
        status,
        field,
      });
    }
    for (const [body, field] of [
      [{ validUntil: undefined }, 'validUntil'],
      [{ validUntil: '2025-12-31T00:00:00Z' }, 'validUntil'],
      [{ maxUses: 0 }, 'maxUses'],
      [{ label: 'x'.repeat(121) }, 'label'],
      [{ doors: [{ lockId: lock.id, accessMethod: 'magic' }] }, 'doors.0.accessMethod'],
    ] as const) {
      const reply = await make(body);
      expect({ status: reply.status, field: reply.body.details?.[0]?.field }).toEqual({ status: 400, field });
    }
    expect((await make({}, { token: member.token })).status).toBe(403);
    expect(await list()).toEqual([]);
    expect((await history()).map(({ type }) => type)).toEqual(['LockCreated']);
    const byKey = await make({}, { apiKey: (await factory.orgKey(project.id)).key });
    expect(byKey.status).toBe(201);
    expect((await send(url, 'GET', '/temp-keys', { token: kim.token })).body.tempKeys).toHaveLength(1);
    expect((await send(url, 'GET', '/temp-keys', { token: member.token })).body.tempKeys).toEqual([]);
    expect((await send(url, 'GET', `/temp-keys?lockId=${lock.id}`, { token: member.token })).status).toBe(
      403,
    );
  });
});
