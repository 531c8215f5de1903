import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, lockKeyCommands, lockKeys } from '@/drizzle/schema';
import type { Principal } from '@/server/domain/principal';
import type { ShadowAnswer } from '@/server/mqtt/shadow-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import type { Caller, Deps } from '../deps';
import { addKey } from '../lock-keys/add-key';
import { placeIntent } from '../openings/place-intent';
import { changeLock } from './change-lock';
import { loadLock } from './load-lock';
import { openLock } from './open-lock';

const factory = ground();
const { deps } = factory;

describe('what happens while the shadow is being written', () => {
  let kim: Person;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let caller: Caller;
  beforeEach(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id);
    lock = await factory.lock((await factory.home(kim)).id);
    const principal: Principal = {
      kind: 'user',
      userId: kim.user.id,
      sessionId: kim.sessionId,
      projectId: project.id,
      appId: 'controller_app',
      name: 'Kim',
    };
    caller = { principal, via: 'api' };
  });
  /** Services whose shadow answers when something else has happened. */
  const meanwhile = (happens: () => Promise<unknown>, answer: ShadowAnswer): Deps => ({
    ...deps,
    shadow: {
      ...deps.shadow,
      isConnected: true,
      async update() {
        await happens();
        return answer;
      },
    },
  });
  const accepted: ShadowAnswer = { kind: 'accepted', version: 1 };
  const remove = () => changeLock(deps, lock.id, { type: 'Remove' });
  const history = async () =>
    (
      await deps.db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.aggregateId, String(lock.id)))
        .orderBy(asc(domainEvents.version))
    ).map(({ type }) => type);
  const keyCommands = () => deps.db.select().from(lockKeyCommands).where(eq(lockKeyCommands.lockId, lock.id));
  const open = (through: Deps) =>
    openLock(through, caller, { params: { id: lock.id }, query: undefined, body: {} });
  const add = (through: Deps) =>
    addKey(through, caller, {
      params: { id: lock.id },
      query: undefined,
      body: { keyUuid: randomUUID(), keyIndexNumber: undefined, userId: undefined },
    });

  it('an opening whose lock is removed is no opening: nothing is recorded, and the command is withdrawn again', async () => {
    await expect(open(meanwhile(remove, accepted))).rejects.toMatchObject({ code: 'not_found' });
    expect(await history()).toEqual(['LockCreated', 'LockRemoved']);
    expect(await factory.openings(lock.id)).toMatchObject([
      { status: 'failed', error: 'LOCK_REMOVED', event: null, eventVersion: null },
    ]);
    await until(async () => (await factory.openings(lock.id))[0]?.withdrawnAt);
  });

  it('an opening whose lock leaves the home is answered as not handed over', async () => {
    const unassign = () => changeLock(deps, lock.id, { type: 'Assign', homeId: undefined });
    await expect(open(meanwhile(unassign, accepted))).rejects.toMatchObject({ code: 'device_unreachable' });
    expect(await history()).toEqual(['LockCreated', 'LockAssigned']);
    expect(await factory.openings(lock.id)).toMatchObject([{ status: 'failed', error: 'LOCK_REASSIGNED' }]);
  });

  it('nobody opens a lock that was removed after the caller was let in', async () => {
    const { lock: stale } = await loadLock(deps.db, caller.principal, lock.id);
    if (stale === undefined) throw new Error('no such lock');
    await remove();
    await expect(placeIntent(deps, caller, stale, {})).rejects.toMatchObject({ code: 'not_found' });
    expect(await factory.openings(lock.id)).toEqual([]);
  });

  it('a key whose lock is removed is not recorded, and taken out of the shadow', async () => {
    await expect(add(meanwhile(remove, accepted))).rejects.toMatchObject({ code: 'not_found' });
    expect(await history()).toEqual(['LockCreated', 'LockRemoved']);
    expect(await deps.db.select().from(lockKeys).where(eq(lockKeys.lockId, lock.id))).toEqual([]);
    expect(await keyCommands()).toMatchObject([{ status: 'failed' }]);
    await until(async () => (await keyCommands())[0]?.withdrawnAt);
  });

  it.each([
    ['silent', { kind: 'silent' }, 'SHADOW_SILENT'],
    ['refusing', { kind: 'rejected', code: 413, message: 'too large' }, 'SHADOW_REJECTED'],
    ['out of reach', { kind: 'unsent' }, 'SHADOW_UNSENT'],
  ] as const)(
    'a key for a shadow that is %s is recorded nowhere and may be sent again',
    async (_how, answer, error) => {
      await expect(add(meanwhile(async () => {}, answer))).rejects.toMatchObject({
        code: 'device_unreachable',
      });
      expect(await history()).toEqual(['LockCreated']);
      expect(await keyCommands()).toMatchObject([{ status: 'failed', error }]);
      await until(async () => (await keyCommands())[0]?.withdrawnAt);
      expect(await add(meanwhile(async () => {}, accepted))).toMatchObject({ version: 2 });
    },
  );

  it('a key change whose process died is given up, and the key is free again', async () => {
    const keyUuid = randomUUID();
    const long = new Date(Date.now() - 60_000);
    await deps.db.insert(lockKeyCommands).values({
      id: randomUUID(),
      lockId: lock.id,
      kind: 'add',
      keyUuid,
      principalKind: 'user',
      principalId: '1',
      principalName: 'Kim',
      status: 'pending',
      dueAt: long,
      createdAt: long,
      expiresAt: new Date(Date.now() + 60_000),
    });
    await until(async () => (await keyCommands())[0]?.withdrawnAt);
    expect(await keyCommands()).toMatchObject([{ status: 'failed', error: 'ABANDONED' }]);
    expect(await history()).toEqual(['LockCreated']);
  });
});
