import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, guestLinks } from '@/drizzle/schema';
import { always } from '@/server/domain/access/window';
import type { ShadowAnswer } from '@/server/mqtt/shadow-client';
import { ground } from '@/server/testing/ground';
import type { Caller, Deps } from '../deps';
import { openLock } from '../locks/open-lock';
import { makeLink } from './make-link';

const factory = ground();

describe('the uses of a guest link', () => {
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let uuid: string;
  beforeEach(async () => {
    const kim = await factory.person((await factory.project()).id);
    lock = await factory.lock((await factory.home(kim)).id);
    uuid = randomUUID();
    const { userId, projectId } = { userId: kim.user.id, projectId: kim.user.projectId };
    const owner = { kind: 'user', userId, sessionId: '', projectId, appId: '', name: 'Kim' } as const;
    await makeLink(
      factory.deps,
      { principal: owner, via: 'api' },
      {
        uuid,
        accessMode: 'public',
        allowedUserIds: null,
        window: always,
        maxUses: 1,
        label: null,
        description: null,
        doors: [{ lockId: lock.id, label: null, accessMethod: 'key' }],
      },
    );
  });
  const withShadow = (answer: ShadowAnswer): Deps => ({
    ...factory.deps,
    shadow: { ...factory.deps.shadow, isConnected: true, update: async () => answer },
  });
  const caller = (): Caller => ({ principal: { kind: 'guestLink', linkId: uuid }, via: 'link' });
  const open = (deps: Deps, requestId: string) =>
    openLock(deps, caller(), {
      params: { id: lock.id },
      query: undefined,
      body: { requestId, reason: undefined },
    });
  const used = async () => {
    const [link] = await factory.deps.db.select().from(guestLinks).where(eq(guestLinks.uuid, uuid));
    return link?.usedCount;
  };
  const types = async () =>
    (
      await factory.deps.db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.aggregateId, String(lock.id)))
    )
      .filter(({ aggregateType }) => aggregateType === 'lock')
      .sort((one, other) => one.version - other.version)
      .map(({ type }) => type);
  const accepted = { kind: 'accepted', version: 1 } as ShadowAnswer;

  it('are given back when the command never left, and taken again by the retry that leaves', async () => {
    await expect(open(withShadow({ kind: 'unsent' }), 'r-1')).rejects.toMatchObject({
      code: 'device_unreachable',
    });
    expect(await used()).toBe(0);
    expect(await types()).toEqual(['LockCreated', 'TempKeyCreated']);
    expect((await open(withShadow(accepted), 'r-1')).event?.type).toBe('LockOpenRequested');
    expect(await used()).toBe(1);
    expect(await types()).toEqual(['LockCreated', 'TempKeyCreated', 'LockOpenRequested', 'TempKeyUsed']);
    expect((await open(withShadow(accepted), 'r-1')).version).toBe(3);
    expect(await used()).toBe(1);
    await expect(open(withShadow(accepted), 'r-2')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('stay taken while nobody knows whether the command arrived', async () => {
    await expect(open(withShadow({ kind: 'silent' }), 'r-1')).rejects.toMatchObject({
      code: 'device_unreachable',
    });
    expect(await used()).toBe(1);
    await expect(open(withShadow(accepted), 'r-2')).rejects.toMatchObject({ code: 'invalid' });
  });

  it('that somebody else has taken meanwhile are not taken twice by a late retry', async () => {
    await expect(open(withShadow({ kind: 'unsent' }), 'r-1')).rejects.toThrow();
    await open(withShadow(accepted), 'r-2');
    await expect(open(withShadow(accepted), 'r-1')).rejects.toMatchObject({ code: 'device_unreachable' });
    expect(await used()).toBe(1);
    expect((await types()).filter((type) => type === 'TempKeyUsed')).toHaveLength(1);
  });

  it('end with the revocation, for a retry as well', async () => {
    await expect(open(withShadow({ kind: 'unsent' }), 'r-1')).rejects.toThrow();
    await factory.deps.db.update(guestLinks).set({ revokedAt: new Date() }).where(eq(guestLinks.uuid, uuid));
    await expect(open(withShadow(accepted), 'r-1')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await types()).toEqual(['LockCreated', 'TempKeyCreated']);
  });
});
