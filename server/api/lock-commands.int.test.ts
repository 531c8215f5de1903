import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, lockGrants, lockKeys, locks, things } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const notFound = {
  success: false,
  error: 'Not Found',
  message: 'The requested resource was not found',
  code: 404,
};
const forbidden = {
  success: false,
  error: 'Forbidden',
  message: "You don't have permission to access this resource",
  code: 403,
};
const badRequest = (...fields: string[]) => ({
  success: false,
  error: 'Bad Request',
  message: 'The request contains invalid parameters or malformed data',
  code: 400,
  details: fields.map((field) => ({ field, message: expect.any(String) })),
});
/** An id that nobody has: each one moves the sequence, so the next must not be its neighbour. */
const newIndex = () => randomInt(1_000_000, 2_000_000_000);

describe.each(mounts())('commands of a lock ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let jo: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let org: { apiKey: string };
  let service: { apiKey: string };
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    jo = await factory.person(project.id, 'Jo');
    home = await factory.home(kim);
    lock = await factory.lock(home.id);
    org = { apiKey: (await factory.orgKey(project.id)).key };
    service = { apiKey: (await factory.orgKey()).key };
  });
  const post = (name: string, body: object, credentials: object = org, id: number = lock.id) =>
    send(url, 'POST', `/locks/${id}/${name}`, { ...credentials, body });
  const get = (rest: string, credentials: object = org) =>
    send(url, 'GET', `/locks/${lock.id}${rest}`, credentials);
  const label = () => ({ lockId: lock.id, uuid: lock.uuid, timestamp: milliseconds });
  const told = (version: number, type: string, data: object = {}) => ({
    success: true,
    aggregateId: String(lock.id),
    version,
    event: { type, data: { ...label(), ...data } },
  });
  const unchanged = (version: number) => ({
    success: true,
    aggregateId: String(lock.id),
    version,
    event: null,
  });

  describe('CreateLock', () => {
    it('makes a lock of the caller with 201, and answers a repeat with 200 and no event', async () => {
      const index = newIndex();
      const uuid = randomUUID();
      const keys = [{ uuid: randomUUID(), indexNumber: 3, userId: String(jo.user.id) }];
      const body = { index, uuid: uuid.toUpperCase(), serialNumber: 'SN-9', ownerId: kim.user.id, keys };
      const made = await post('CreateLock', body, org, index);
      expect(made.status).toBe(201);
      expect(made.body).toEqual({
        success: true,
        aggregateId: String(index),
        version: 1,
        event: {
          type: 'LockCreated',
          data: {
            lockId: index,
            uuid,
            timestamp: milliseconds,
            name: `Lock ${index}`,
            serialNumber: 'SN-9',
            ownerId: String(kim.user.id),
            orgId: project.uuid,
            keys,
          },
        },
        lockId: index,
        thing: `lock-${uuid}`,
        mqtt: { username: `lock-${uuid}`, password: expect.stringMatching(/^[A-Za-z0-9]{40}$/) },
      });
      const again = await post('CreateLock', body, org, index);
      expect(again.status).toBe(200);
      expect(again.body).toEqual({
        ...unchanged(1),
        aggregateId: String(index),
        lockId: index,
      });
      const info = await send(url, 'GET', `/locks/${index}/details`, org);
      expect(info.body).toMatchObject({ orgId: project.uuid, ownerId: String(kim.user.id), keys });
    });

    it('makes one of twenty that come at once, and the others find it', async () => {
      const index = newIndex();
      const body = { index, uuid: randomUUID() };
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => post('CreateLock', body, org, index)),
      );
      const statuses = replies.map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array(19).fill(200), 201]);
      for (const reply of replies) expect(reply.body.version).toBe(1);
    });

    it('with a super key makes a lock of no organisation, which one organisation then claims', async () => {
      const index = newIndex();
      expect((await post('CreateLock', { index, uuid: randomUUID() }, service, index)).status).toBe(201);
      const [row] = await db.select().from(locks).where(eq(locks.id, index));
      expect(row).toMatchObject({ projectId: null, homeId: null });
      const other = await factory.project();
      const otherOrg = { apiKey: (await factory.orgKey(other.id)).key };
      expect((await send(url, 'GET', `/locks/${index}/details`, org)).body).toEqual(notFound);
      const [mine, theirs] = await Promise.all([
        post('SetOrganization', { orgId: project.uuid }, org, index),
        post('SetOrganization', { orgId: other.uuid }, otherOrg, index),
      ]);
      expect([mine.status, theirs.status].sort()).toEqual([200, 404]);
      const winner = mine.status === 200 ? mine : theirs;
      expect(winner.body).toMatchObject({ version: 2, event: { type: 'OrganizationSet' } });
    });

    it('refuses an index that is not the path, foreign ids and uuids, and unknown people', async () => {
      const index = newIndex();
      const uuid = randomUUID();
      expect((await post('CreateLock', { index: index + 1, uuid }, org, index)).body).toEqual(
        badRequest('index'),
      );
      expect((await post('CreateLock', { uuid: 'x' }, org, index)).body).toEqual(badRequest('index', 'uuid'));
      expect((await post('CreateLock', { index: 2 ** 31, uuid }, org, index)).body).toEqual(
        badRequest('index'),
      );
      const twice = { uuid: randomUUID() };
      expect((await post('CreateLock', { index, uuid, keys: [twice, twice] }, org, index)).body).toEqual(
        badRequest('keys.1.uuid'),
      );
      const stranger = await factory.person((await factory.project()).id);
      expect((await post('CreateLock', { index, uuid, ownerId: stranger.user.id }, org, index)).body).toEqual(
        notFound,
      );
      const elsewhere = { apiKey: (await factory.orgKey(stranger.user.projectId)).key };
      const same = await post('CreateLock', { index: lock.id, uuid: lock.uuid }, elsewhere);
      expect(same.status).toBe(409);
      expect(same.body).toEqual({
        success: false,
        error: 'Conflict',
        message: 'index: is taken',
        code: 409,
        details: [{ field: 'index', message: 'is taken' }],
      });
      expect((await post('CreateLock', { index: lock.id, uuid: randomUUID() })).status).toBe(409);
      expect((await post('CreateLock', { index, uuid: lock.uuid }, elsewhere, index)).body.details).toEqual([
        { field: 'uuid', message: 'is taken' },
      ]);
      expect(await db.select().from(locks).where(eq(locks.id, index))).toEqual([]);
    });
  });

  describe('owner, organisation and home', () => {
    it('names an owner, who counts before the owner of the home, until the lock changes home', async () => {
      expect((await get('/basic-info')).body.ownerId).toBe(String(kim.user.id));
      const set = await post('SetOwner', { userId: String(jo.user.id) });
      expect(set.status).toBe(200);
      expect(set.body).toEqual(told(2, 'OwnerSet', { userId: String(jo.user.id) }));
      expect((await get('/basic-info')).body.ownerId).toBe(String(jo.user.id));
      expect((await post('SetOwner', { userId: jo.user.id })).body).toEqual(unchanged(2));
      const cabin = await factory.home(kim, 'Cabin');
      const moved = await post('AssignHome', { homeId: cabin.id });
      expect(moved.body).toEqual(told(3, 'LockAssigned', { homeId: cabin.id }));
      expect((await get('/basic-info')).body.ownerId).toBe(String(kim.user.id));
      expect((await post('AssignHome', { homeId: String(cabin.id) })).body).toEqual(unchanged(3));
      expect((await post('AssignHome', { homeId: null })).body).toEqual(
        told(4, 'LockAssigned', { homeId: null }),
      );
      expect((await get('/basic-info')).body).not.toHaveProperty('ownerId');
    });

    it('knows nobody and no home of another project', async () => {
      const elsewhere = await factory.project();
      const stranger = await factory.person(elsewhere.id);
      const foreign = await factory.home(stranger);
      for (const userId of [stranger.user.id, 900_000_000_000_001])
        expect((await post('SetOwner', { userId })).body).toEqual(notFound);
      for (const homeId of [foreign.id, 900_000_000_000_001])
        expect((await post('AssignHome', { homeId })).body).toEqual(notFound);
      expect((await post('SetOwner', { userId: 'kim' })).body).toEqual(badRequest('userId'));
      expect((await post('SetOwner', {})).body).toEqual(badRequest('userId'));
      expect((await post('AssignHome', {})).body).toEqual(badRequest('homeId'));
      expect((await get('/basic-info')).body.version).toBe(1);
    });

    it('moves between organisations by a super key alone, and leaves nobody of the former one a right', async () => {
      const other = await factory.project();
      expect((await post('SetOrganization', { orgId: other.uuid })).body).toEqual(forbidden);
      expect((await post('SetOrganization', { orgId: project.uuid })).body).toEqual(unchanged(1));
      expect((await post('SetOrganization', { orgId: randomUUID() }, service)).body).toEqual(notFound);
      await db.insert(lockKeys).values({
        lockId: lock.id,
        keyUuid: randomUUID(),
        userId: jo.user.id,
        createdAt: new Date(),
      });
      await post('AddResident', { name: 'Jo', userId: jo.user.id });
      await db.insert(lockGrants).values({
        id: randomUUID(),
        lockId: lock.id,
        userId: jo.user.id,
        grantedByKind: 'user',
        grantedById: '1',
        grantedByName: 'Kim',
        createdAt: new Date(),
      });
      const moved = await post('SetOrganization', { orgId: other.uuid }, service);
      expect(moved.body).toEqual(told(3, 'OrganizationSet', { orgId: other.uuid }));
      expect((await get('/details')).body).toEqual(notFound);
      expect((await send(url, 'GET', `/locks/${lock.id}`, { token: kim.token })).status).toBe(404);
      const theirs = { apiKey: (await factory.orgKey(other.id)).key };
      const seen = await get('/details', theirs);
      expect(seen.body).toMatchObject({
        orgId: other.uuid,
        residents: [],
        keys: [{ uuid: expect.any(String) }],
      });
      expect(seen.body.keys[0]).not.toHaveProperty('userId');
      expect(seen.body).not.toHaveProperty('ownerId');
      const [grant] = await db.select().from(lockGrants).where(eq(lockGrants.lockId, lock.id));
      expect(grant?.revokedAt).toBeInstanceOf(Date);
    });

    it('gives the lock another device: a new identity, and the former one is revoked', async () => {
      const newUuid = randomUUID();
      const changed = await post('ChangeLockUuid', { newUuid }, service);
      expect(changed.status).toBe(200);
      expect(changed.body).toEqual({
        ...told(2, 'LockUuidChanged', { newUuid }),
        thing: `lock-${newUuid}`,
        mqtt: { username: `lock-${newUuid}`, password: expect.any(String) },
      });
      const [former] = await db.select().from(things).where(eq(things.name, lock.thing));
      expect(former?.revokedAt).toBeInstanceOf(Date);
      expect((await get('/basic-info')).body).toMatchObject({ uuid: newUuid, version: 2 });
      expect((await post('ChangeLockUuid', { newUuid }, service)).status).toBe(409);
      // Neither another lock's uuid nor one that a device once had is free.
      const second = await factory.lock(home.id);
      for (const taken of [second.uuid, lock.uuid]) {
        const refused = await post('ChangeLockUuid', { newUuid: taken }, service);
        expect(refused.status).toBe(409);
        expect(refused.body.details).toEqual([{ field: 'newUuid', message: 'is taken' }]);
      }
      expect((await get('/basic-info')).body).toMatchObject({ uuid: newUuid, version: 2 });
    });
  });

  describe('residents', () => {
    it('are people of the project, told by any of their names', async () => {
      const added = await post('AddResident', { name: 'Jo at home', email: jo.user.email?.toUpperCase() });
      expect(added.status).toBe(200);
      expect(added.body).toEqual({
        ...told(2, 'ResidentAdded', { userId: String(jo.user.id), name: 'Jo at home' }),
        email: jo.user.email,
      });
      expect((await get('/residents')).body).toEqual({
        residents: [
          { userId: String(jo.user.id), name: 'Jo at home', email: jo.user.email, hasPhone: false },
        ],
      });
      const twice = await post('AddResident', { name: 'Jo', userId: jo.user.id });
      expect(twice.body).toEqual(badRequest('userId'));
      const removed = await post('RemoveResident', { userId: String(jo.user.id) });
      expect(removed.body).toEqual(told(3, 'ResidentRemoved', { userId: String(jo.user.id) }));
      expect((await post('RemoveResident', { userId: jo.user.id })).body).toEqual(notFound);
      expect((await get('/residents')).body).toEqual({ residents: [] });
    });

    it('may not open the door for it', async () => {
      await post('AddResident', { name: 'Jo', userId: jo.user.id });
      expect((await post('OpenLock', {}, { token: jo.token })).body).toEqual(forbidden);
    });

    it('need a name of one person of this project', async () => {
      const stranger = await factory.person((await factory.project()).id);
      const all = ['email', 'phoneNumber', 'userId'];
      expect((await post('AddResident', { name: 'x' })).body).toEqual(badRequest(...all));
      expect((await post('RemoveResident', {})).body).toEqual(badRequest(...all));
      expect((await post('AddResident', { userId: jo.user.id })).body).toEqual(badRequest('name'));
      for (const who of [
        { email: stranger.user.email },
        { email: 'nobody@example.com' },
        { phoneNumber: '+4799999999' },
        { email: 'a\u0000@example.com' },
        { userId: jo.user.id, email: kim.user.email },
      ])
        expect((await post('AddResident', { name: 'x', ...who })).body).toEqual(notFound);
      expect((await get('/basic-info')).body.version).toBe(1);
    });

    it('are not shown to strangers', async () => {
      expect((await get('/residents', {})).status).toBe(401);
      expect((await get('/residents', { token: jo.token })).body).toEqual(forbidden);
      expect((await get('/residents', { token: kim.token })).status).toBe(200);
    });
  });

  describe('name, gesture and removal', () => {
    const patch = (body: object, credentials: object = { token: kim.token }) =>
      send(url, 'PATCH', `/locks/${lock.id}`, { ...credentials, body });

    it('are changed by the owner of the home', async () => {
      const renamed = await patch({ name: '  Back door ' });
      expect(renamed.body).toEqual(told(2, 'LockRenamed', { name: 'Back door' }));
      expect((await patch({ name: 'Back door', gesture: 'hold' })).body).toEqual(unchanged(2));
      expect((await patch({ gesture: 'tap' })).body).toEqual(told(3, 'GestureSet', { gesture: 'tap' }));
      expect((await get('', { token: kim.token })).body).toMatchObject({ name: 'Back door', gesture: 'tap' });
      expect((await patch({ gesture: 'shout', name: '' })).body).toEqual(badRequest('name', 'gesture'));
      await factory.member(home.id, jo, 'member');
      expect((await patch({ name: 'Mine' }, { token: jo.token })).body).toEqual(forbidden);
    });

    it('a removed lock is gone for everybody, its history is not', async () => {
      const removed = await send(url, 'DELETE', `/locks/${lock.id}`, { token: kim.token });
      expect(removed.status).toBe(200);
      expect(removed.body).toEqual(told(2, 'LockRemoved'));
      for (const credentials of [{ token: kim.token }, org, service]) {
        expect((await get('/basic-info', credentials)).body).toEqual(notFound);
        expect((await send(url, 'POST', `/locks/${lock.id}/OpenLock`, credentials)).body).toEqual(notFound);
        expect((await send(url, 'DELETE', `/locks/${lock.id}`, credentials)).body).toEqual(notFound);
      }
      expect((await send(url, 'GET', '/locks', { token: kim.token })).body.items).toEqual([]);
      expect((await send(url, 'GET', '/locks', org)).body.items).toEqual([]);
      const [thing] = await db.select().from(things).where(eq(things.name, lock.thing));
      expect(thing?.revokedAt).toBeInstanceOf(Date);
      const history = await db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.aggregateId, String(lock.id)));
      expect(history.map(({ type }) => type).sort()).toEqual(['LockCreated', 'LockRemoved']);
      expect((await post('CreateLock', { index: lock.id, uuid: lock.uuid }, service)).status).toBe(409);
    });
  });
});
