import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { domainEvents, locks, projects } from '@/drizzle/schema';
import { evolveLock, initialLock, type LockEvent, type LockState } from '@/server/domain/lock/aggregate';
import { ground } from '@/server/testing/ground';
import { removeHome } from '../homes/remove-home';
import { changeLock, commandLock } from './change-lock';
import { insertLock } from './create-lock';
import { loadState } from './load-state';

const factory = ground();
const { deps } = factory;
const { db } = deps;

/** Keys and residents are sets. */
const ordered = (state: LockState): LockState => ({
  ...state,
  keys: state.keys.toSorted((one, other) => one.uuid.localeCompare(other.uuid)),
  residents: state.residents.toSorted((one, other) => Number(one.userId) - Number(other.userId)),
});

/** The lock as its events tell, and as its rows hold it. */
async function bothOf(lockId: number) {
  const rows = await db
    .select()
    .from(domainEvents)
    .where(eq(domainEvents.aggregateId, String(lockId)))
    .orderBy(asc(domainEvents.version));
  const stored = rows.filter(({ aggregateType }) => aggregateType === 'lock');
  const folded = stored
    .map(({ type, data }) => ({ type, data }) as LockEvent)
    .reduce(evolveLock, initialLock);
  const [lock] = await db.select().from(locks).where(eq(locks.id, lockId));
  if (lock === undefined) throw new Error('no such lock');
  return {
    folded: ordered(folded),
    projected: ordered(await loadState(db, lock)),
    versions: stored.map(({ version }) => version),
  };
}

describe('the history of a lock', () => {
  it('folds to what its rows hold, after every command there is', async () => {
    const [project, other] = [await factory.project(), await factory.project()];
    const [kim, jo] = [await factory.person(project.id), await factory.person(project.id, 'Jo')];
    const [home, cabin] = [await factory.home(kim), await factory.home(kim)];
    const { lock } = await db.transaction((tx) =>
      insertLock(
        tx,
        {
          uuid: randomUUID(),
          name: 'Gate',
          projectId: project.id,
          serialNumber: 'SN-1',
          vendorName: 'Acme',
          ownerId: String(kim.user.id),
          keys: [{ uuid: randomUUID(), indexNumber: 1, userId: String(kim.user.id) }, { uuid: randomUUID() }],
        },
        deps.clock.now(),
      ),
    );
    const key = { uuid: randomUUID(), indexNumber: 7, userId: String(jo.user.id) };
    const commands: Parameters<typeof changeLock>[2][] = [
      { type: 'Assign', homeId: home.id },
      { type: 'SetOwner', userId: String(jo.user.id) },
      { type: 'AddKey', key },
      { type: 'AddKey', key: { uuid: randomUUID() } },
      { type: 'WriteKey', keyUuid: key.uuid },
      { type: 'AddResident', userId: String(jo.user.id), name: 'Jo', field: 'userId' },
      { type: 'AddResident', userId: String(kim.user.id), name: 'Kim', field: 'userId' },
      { type: 'RemoveResident', userId: String(jo.user.id) },
      { type: 'Change', name: 'Back gate', gesture: 'tap' },
      { type: 'ChangeUuid', newUuid: randomUUID() },
      { type: 'RemoveKey', keyUuid: key.uuid },
      { type: 'Assign', homeId: cabin.id },
      { type: 'Assign', homeId: undefined },
      { type: 'SetOrganization', orgId: other.uuid, isClaim: false },
      { type: 'Remove' },
    ];
    let steps = 0;
    for (const command of commands) {
      await changeLock(deps, lock.id, command);
      const { folded, projected, versions } = await bothOf(lock.id);
      expect({ command: command.type, state: projected }).toEqual({ command: command.type, state: folded });
      expect(versions).toEqual(versions.map((_version, index) => index + 1));
      expect(projected.version).toBe(versions.length);
      steps += 1;
    }
    expect(steps).toBe(commands.length);
    await expect(changeLock(deps, lock.id, { type: 'Change', name: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('begins with LockCreated, also for a lock that an operator makes', async () => {
    const home = await factory.home(await factory.person((await factory.project()).id));
    const lock = await factory.lock(home.id);
    const { folded, projected } = await bothOf(lock.id);
    expect(projected).toEqual(folded);
    expect(projected).toMatchObject({ version: 1, life: 'present', homeId: home.id, uuid: lock.uuid });
  });

  it('ends with everything that was given at the lock', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const lock = await factory.lock((await factory.home(kim)).id);
    const userId = String(kim.user.id);
    await changeLock(deps, lock.id, { type: 'SetOwner', userId });
    await changeLock(deps, lock.id, { type: 'AddKey', key: { uuid: randomUUID(), userId } });
    await changeLock(deps, lock.id, { type: 'AddResident', userId, name: 'Kim', field: 'userId' });
    await changeLock(deps, lock.id, { type: 'Remove' });
    const { folded, projected } = await bothOf(lock.id);
    expect(projected).toEqual(folded);
    expect(projected).toMatchObject({
      version: 5,
      life: 'removed',
      orgId: project.uuid,
      ownerId: undefined,
      keys: [],
      residents: [],
    });
  });

  it('tells that a home is gone', async () => {
    const home = await factory.home(await factory.person((await factory.project()).id));
    const lock = await factory.lock(home.id);
    await db.transaction((tx) => removeHome(tx, home.id, deps.clock.now()));
    const { folded, projected } = await bothOf(lock.id);
    expect(projected).toEqual(folded);
    expect(projected).toMatchObject({ version: 2, homeId: undefined });
  });

  it('has the organisation of the moment on each event', async () => {
    const [project, other] = [await factory.project(), await factory.project()];
    const lock = await factory.lock((await factory.home(await factory.person(project.id))).id);
    await changeLock(deps, lock.id, { type: 'SetOrganization', orgId: other.uuid, isClaim: false });
    const rows = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.aggregateId, String(lock.id)))
      .orderBy(asc(domainEvents.version));
    expect(rows.map(({ type, orgId }) => ({ type, orgId }))).toEqual([
      { type: 'LockCreated', orgId: project.uuid },
      { type: 'OrganizationSet', orgId: other.uuid },
    ]);
  });

  it('appends nothing when the rows cannot follow', async () => {
    const project = await factory.project();
    const lock = await factory.lock((await factory.home(await factory.person(project.id))).id);
    const [gone] = await db.select({ uuid: projects.uuid }).from(projects).where(eq(projects.id, project.id));
    expect(gone?.uuid).toBe(project.uuid);
    await expect(
      db.transaction((tx) =>
        commandLock(
          tx,
          lock.id,
          { type: 'SetOrganization', orgId: randomUUID(), isClaim: false },
          deps.clock.now(),
        ),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect((await bothOf(lock.id)).versions).toEqual([1]);
  });

  it('never hands out an id that was named, and keeps the sequence ahead of those', async () => {
    const project = await factory.project();
    const home = await factory.home(await factory.person(project.id));
    const first = await factory.lock(home.id);
    const insert = (id: number) =>
      db.transaction((tx) =>
        insertLock(tx, { id, uuid: randomUUID(), name: 'Named', projectId: project.id }, deps.clock.now()),
      );
    // Far apart: locks of other tests get the ids that follow each.
    for (const ahead of [first.id + 2000, first.id + 3000, first.id + 1000]) await insert(ahead);
    const next = await factory.lock(home.id);
    expect(next.id).toBeGreaterThan(first.id + 3000);
    // Written behind the sequence's back: the next ids are taken, and passed over.
    await db.execute(`select setval('locks_id_seq', ${first.id + 2999})`);
    expect((await factory.lock(home.id)).id).toBeGreaterThan(first.id + 3000);
  });
});
