import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { makeLog } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import type { VirtualLock, VirtualLockSettings } from './face';
import { startVirtualLock } from './lock';
import { playShadow, type ShadowByHand } from './shadow-by-hand';

export const thing = 'lock-0b2f9a5e-0000-4000-8000-000000000001';

/** Every test gets a broker, a shadow service of its own and an empty folder. For tests only. */
export function shadowForEachTest() {
  let current: ShadowByHand | undefined;
  let folder = '';
  let locks: VirtualLock[] = [];
  const shadow = (): ShadowByHand => {
    if (current === undefined) throw new Error('outside of a test');
    return current;
  };

  beforeEach(async () => {
    current = await playShadow();
    folder = await mkdtemp(path.join(tmpdir(), 'virtual-lock-'));
  });
  afterEach(async () => {
    await Promise.all(locks.map((lock) => lock.stop()));
    locks = [];
    await current?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    shadow,
    /** A path in this test's folder. */
    file: (...names: string[]) => path.join(folder, ...names),
    /** A lock that has read its shadow; without motor time unless told otherwise. */
    async start(settings: Partial<VirtualLockSettings> = {}): Promise<VirtualLock> {
      const log = makeLog('test', 'silent');
      const lock = await startVirtualLock({
        url: shadow().url,
        thing,
        password: 'secret',
        boltMs: 0,
        log,
        ...settings,
      });
      locks.push(lock);
      await lock.ready();
      return lock;
    },
    command: (id: string, lifeMs = 8_000, type = 'unlock'): JsonObject => ({
      command: { id, type, issuedAt: shadow().now(), expiresAt: shadow().now() + lifeMs },
    }),
    /** Every state that was reported of a command, in order. */
    statesOf: (id: string) =>
      shadow()
        .reports.map(({ reported }) => reported.command as JsonObject | undefined)
        .filter((said) => said?.id === id)
        .map((said) => said?.state),
  };
}

/** Matches a report that gives a command this state. */
export const says = (id: string, state: string) => (reported: JsonObject) => {
  const said = reported.command as JsonObject | undefined;
  return said?.id === id && said.state === state;
};

/** Resolves when the lock's own state fits. */
export const until = (lock: VirtualLock, fits: () => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!fits()) return;
      off();
      resolve();
    };
    const off = lock.on('changed', look);
    look();
  });
