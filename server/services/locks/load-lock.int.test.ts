import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Principal } from '@/server/domain/principal';
import { ground } from '@/server/testing/ground';
import { loadLock } from './load-lock';

const factory = ground();

describe('what an opening must know of a lock and its caller', () => {
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let guest: Principal;
  let grantId: string;
  beforeAll(async () => {
    const project = await factory.project();
    const [kim, gry] = [await factory.person(project.id), await factory.person(project.id, 'Gry')];
    const home = await factory.home(kim);
    lock = await factory.lock(home.id);
    await factory.member(home.id, gry, 'guest');
    grantId = await factory.grant(lock.id, gry, { validUntil: new Date('2026-03-01T12:00:00.250Z') });
    const { id: userId, projectId } = gry.user;
    guest = { kind: 'user', userId, sessionId: gry.sessionId, projectId, appId: 'a', name: 'Gry' };
  });

  it('is asked of the database once, grants and keys included', async () => {
    const client = (factory.deps.db as unknown as { $client: { unsafe: (text: string) => unknown } }).$client;
    const asked = vi.spyOn(client, 'unsafe');
    const { facts } = await loadLock(factory.deps.db, guest, lock.id, new Date('2026-03-01T12:00:00.249Z'));
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockClear();
    await loadLock(factory.deps.db, { kind: 'guestLink', linkId: grantId }, lock.id);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
    expect(facts).toMatchObject({
      exists: true,
      role: 'guest',
      isKeyHolder: false,
      isLockOwner: false,
      standing: { state: 'open', id: grantId },
    });
  });

  it('ends to the millisecond', async () => {
    const at = async (time: string) =>
      (await loadLock(factory.deps.db, guest, lock.id, new Date(time))).facts.standing?.state;
    expect(await at('2026-03-01T12:00:00.249Z')).toBe('open');
    expect(await at('2026-03-01T12:00:00.250Z')).toBe('expired');
  });
});
