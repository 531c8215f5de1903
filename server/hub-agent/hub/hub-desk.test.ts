import { describe, expect, it } from 'vitest';
import { makeLog } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import { until } from '@/server/testing/until';
import type { ShadowCommand } from '../journal';
import { type MatterController, MatterFailure, type MatterLock, type PairedNode } from '../matter/face';
import { ServiceClock, systemClock } from '../service-clock';
import { openBook } from './book';
import { type HubDesk, type HubDeskSettings, hubDesk } from './hub-desk';
import { afterRestart, emptyMemory, type HubMemory } from './memory';
import { playUsers } from './users-fixture';

const manual = '34970112332';
const log = makeLog('test', 'silent');
const identity = {
  vendorId: 0xfff1,
  productId: 0x8000,
  name: 'Front',
  serial: 'S1',
  uniqueId: 'u',
  deviceType: 10,
};
const lockAt = (nodeId: string, isAlive: () => boolean): MatterLock => ({
  nodeId,
  endpoint: 1,
  identity,
  isReachable: true,
  reading: () => ({ lockState: 'LOCKED', features: [] }),
  async ask() {
    if (!isAlive()) throw new MatterFailure('LOCK_UNREACHABLE');
    return { lockState: 'LOCKED', features: [] };
  },
  operate: async () => {},
  users: playUsers().users,
  on: () => () => {},
});

/** A desk whose Matter does as a test says, with what it reported in order. */
function playDesk(
  settings: {
    memory?: HubMemory;
    commission?: MatterController['commission'];
    remove?: MatterController['remove'];
    canSave?: () => boolean;
    isRefused?: boolean;
    finish?: MatterController['finish'];
    release?: MatterController['release'];
  } = {},
) {
  const clock = new ServiceClock(systemClock);
  const sent = clock.read();
  clock.answered(sent, Math.floor(Date.now() / 1_000));
  let isAlive = true;
  let nodes: { nodeId: string; identity: typeof identity; lock: MatterLock }[] = [];
  let count = 0;
  const pairNext = async (): Promise<PairedNode> => {
    count += 1;
    const nodeId = String(count);
    const node = { nodeId, identity, lock: lockAt(nodeId, () => isAlive) };
    nodes = [...nodes, node];
    return { ...node, attestation: 'verified' };
  };
  const removed: string[] = [];
  const controller: MatterController = {
    nodes: () => nodes,
    commission: settings.commission ?? pairNext,
    async remove(nodeId, options) {
      await settings.remove?.(nodeId, options);
      removed.push(nodeId);
      nodes = nodes.filter((node) => node.nodeId !== nodeId);
    },
    finish: settings.finish ?? (async () => undefined),
    release: settings.release ?? (async () => {}),
    onReach() {},
    async close() {},
  };
  let kept = settings.memory ?? emptyMemory;
  const store = {
    load: async () => kept,
    async save(memory: HubMemory) {
      if (settings.canSave?.() === false) throw new Error('read-only');
      kept = memory;
    },
  };
  const book = openBook(store, afterRestart(kept), clock, log);
  const said: JsonObject[] = [];
  const listeners = new Set<() => void>();
  const options: HubDeskSettings = {
    thing: 'hub-1',
    book,
    clock,
    controller,
    policy: 'warn',
    markOf: (code) => `mark of ${code}`,
    isRefused: () => settings.isRefused === true,
    hush: () => {},
    report(command) {
      said.push(command);
      for (const listener of [...listeners]) listener();
    },
    onLeave: async () => {},
    onDevices: async () => {},
    log,
  };
  const desk: HubDesk = hubDesk(options);
  let next = 0;
  return {
    desk,
    book,
    said,
    removed,
    kill() {
      isAlive = false;
    },
    kept: () => kept,
    /** Tells the hub something; the id of it. */
    tell(type: string, members: JsonObject = {}): string {
      next += 1;
      const id = `c${next}`;
      const command: ShadowCommand & { expiresAt: number } = {
        id,
        type,
        expiresAt: Date.now() + 60_000,
        members: { id, type, ...members },
      };
      desk.run(command);
      return id;
    },
    /** What the hub said of a command when it was over. */
    end(id: string): Promise<JsonObject> {
      return new Promise((resolve) => {
        const look = () => {
          const last = said.find((one) => one.id === id && one.state !== 'accepted');
          if (last === undefined) return;
          listeners.delete(look);
          resolve(last);
        };
        listeners.add(look);
        look();
      });
    },
  };
}
const pair = { code: manual };

describe('pairing', () => {
  it('keeps the device before it tells of it, and no code', async () => {
    const { tell, end, kept } = playDesk();
    expect(await end(tell('commission_with_code', pair))).toMatchObject({
      state: 'succeeded',
      device: { deviceType: 'door-lock', attestation: 'verified', name: 'Front' },
    });
    expect(kept().devices).toHaveLength(1);
    expect(JSON.stringify(kept())).not.toContain(manual);
  });

  it.each([
    ['WRONG_PASSCODE', 'WRONG_PASSCODE'],
    ['DEVICE_NOT_FOUND', 'DEVICE_NOT_FOUND'],
    ['DEVICE_FABRICS_FULL', 'DEVICE_FABRICS_FULL'],
    ['DEVICE_NOT_CERTIFIED', 'DEVICE_NOT_CERTIFIED'],
  ])('that ends with %s says so', async (code, error) => {
    const { tell, end } = playDesk({
      commission: async () => {
        throw new MatterFailure(code);
      },
    });
    expect(await end(tell('commission_with_code', pair))).toMatchObject({ state: 'failed', error });
  });

  it('of a device that speaks Bluetooth alone wants a network for it first', async () => {
    const { tell, end } = playDesk({
      commission: async () => {
        throw new MatterFailure('DEVICE_NOT_FOUND');
      },
    });
    const code = 'MT:Y.K9042C00KA0648G00';
    expect(await end(tell('commission_with_code', { code }))).toMatchObject({
      error: 'NETWORK_CREDENTIALS_REQUIRED',
    });
  });

  it('of a device of another make than the code names is undone', async () => {
    const { tell, end, removed, book } = playDesk();
    const code = '749701123365521327694';
    expect(await end(tell('commission_with_code', { code }))).toMatchObject({ error: 'DEVICE_MISMATCH' });
    expect([removed, book.memory.devices]).toEqual([['1'], []]);
  });

  it('is one at a time, and ends when it is cancelled', async () => {
    const { tell, end, said } = playDesk({
      commission: (_code, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new MatterFailure('CANCELLED')));
        }),
    });
    const first = tell('commission_with_code', pair);
    await new Promise((resolve) => setImmediate(resolve));
    const second = tell('commission_with_code', pair);
    expect(await end(second)).toMatchObject({ error: 'HUB_BUSY' });
    const cancel = tell('cancel');
    expect(await end(first)).toMatchObject({ state: 'failed', error: 'CANCELLED' });
    expect(await end(cancel)).toMatchObject({ state: 'succeeded' });
    // The newest word is of the newest command.
    expect(said.at(-1)?.id).toBe(cancel);
  });

  it('again of a lock that answers is refused by its name', async () => {
    const { tell, end } = playDesk();
    await end(tell('commission_with_code', pair));
    expect(await end(tell('commission_with_code', pair))).toMatchObject({
      error: 'ALREADY_COMMISSIONED',
      message: 'Front',
    });
  });

  it.each([
    ['takes its old place', false, true],
    ['is a new lock when the cloud gave up the old one', true, false],
  ])('again of a lock that was reset %s', async (_, isRefused, isSame) => {
    const { tell, end, kill, book, removed } = playDesk({ isRefused });
    await end(tell('commission_with_code', pair));
    const [before] = book.memory.devices;
    kill();
    expect(await end(tell('commission_with_code', pair))).toMatchObject({ state: 'succeeded' });
    const [after, ...others] = book.memory.devices;
    expect(others).toEqual([]);
    expect(after?.nodeId).toBe('2');
    expect(after?.uuid === before?.uuid).toBe(isSame);
    expect(removed).toEqual(['1']);
  });

  it('is not begun by a hub that cannot write', async () => {
    const { tell, end, book } = playDesk({ canSave: () => false });
    expect(await end(tell('commission_with_code', pair))).toMatchObject({ error: 'STORAGE_FAILED' });
    expect(book.memory.devices).toEqual([]);
  });
});

const place = { nodeId: '9', ip: '127.0.0.1', port: 5540 };

describe('a pairing that may have left something on a device', () => {
  it('keeps the place before anything is given to the device, and has it let go until it says that it has', async () => {
    let keptAtClaim: HubMemory | undefined;
    let released = 0;
    const { tell, end, kept } = playDesk({
      async commission(_code, { onClaim }) {
        await onClaim(place);
        keptAtClaim = kept();
        throw new MatterFailure('LOCK_RESTARTED');
      },
      async release() {
        released += 1;
        if (released === 1) throw new MatterFailure('LOCK_UNREACHABLE');
      },
    });
    expect(await end(tell('commission_with_code', pair))).toMatchObject({ error: 'LOCK_RESTARTED' });
    expect(keptAtClaim?.pairing?.place).toEqual(place);
    expect(kept().loose).toEqual([place]);
    await until(async () => kept().loose.length === 0);
    expect(released).toBe(2);
  });

  it('is not gone on with by a hub that cannot write', async () => {
    let canSave = true;
    const { tell, end, book } = playDesk({
      canSave: () => canSave,
      async commission(_code, { onClaim }) {
        canSave = false;
        await onClaim(place);
        throw new Error('the device was given a place');
      },
    });
    expect(await end(tell('commission_with_code', pair))).toMatchObject({ error: 'STORAGE_FAILED' });
    expect(book.memory.devices).toEqual([]);
  });
});

describe('after a restart', () => {
  const uuid = '0b2f9a5e-0000-4000-8000-000000000001';
  const begun = (more: Partial<HubMemory['pairing']> = { place }, expiresInMs = 60_000): HubMemory => ({
    ...emptyMemory,
    journal: [{ id: 'a', state: 'accepted', expiresAt: Date.now() + expiresInMs }],
    spokenOf: { 'hub-1': 'a' },
    pairing: { commandId: 'a', uuid, codeMark: 'm', ...more },
  });
  const found = { nodeId: '9', identity, lock: lockAt('9', () => true) };

  it('a pairing that had come through is told of with its lock, once the lock answers', async () => {
    let asked = 0;
    const { desk, end, book } = playDesk({
      memory: begun(),
      async finish() {
        asked += 1;
        if (asked === 1) throw new MatterFailure('LOCK_UNREACHABLE');
        return found;
      },
    });
    desk.recover();
    expect(await end('a')).toMatchObject({ state: 'succeeded', device: { uuid } });
    expect(book.memory).toMatchObject({ devices: [{ nodeId: '9' }], loose: [] });
    expect(book.memory).not.toHaveProperty('pairing');
  });

  it.each<[string, HubMemory, string, boolean]>([
    ['that was not yet at the device has failed', begun({}), 'HUB_RESTARTED', false],
    ['whose time is over has failed, and the device lets go', begun({ place }, -1), 'HUB_RESTARTED', true],
    [
      'of a device of another make is undone',
      begun({ place, make: { vendorId: 0xfff2 } }),
      'DEVICE_MISMATCH',
      true,
    ],
  ])('a pairing %s', async (_, memory, error, isReleased) => {
    const released: string[] = [];
    const { desk, end, book } = playDesk({
      memory,
      finish: async () => found,
      release: async ({ nodeId }) => {
        released.push(nodeId);
      },
    });
    desk.recover();
    expect(await end('a')).toMatchObject({ state: 'failed', error });
    await until(async () => book.memory.loose.length === 0);
    expect(book.memory.devices).toEqual([]);
    expect(released).toEqual(isReleased ? ['9'] : []);
  });

  it('a pairing that is looked for is cancelled, and another one waits for its end', async () => {
    const { desk, end, tell } = playDesk({
      memory: begun(),
      finish: async () => {
        throw new MatterFailure('LOCK_UNREACHABLE');
      },
    });
    desk.recover();
    expect(await end(tell('commission_with_code', pair))).toMatchObject({ error: 'HUB_BUSY' });
    tell('cancel');
    expect(await end('a')).toMatchObject({ state: 'failed', error: 'CANCELLED' });
  });
});

describe('removal', () => {
  it('of a silent lock fails, and is done anyway when it is forced', async () => {
    const { tell, end, book } = playDesk({
      remove: async (_, { force }) => {
        if (!force) throw new MatterFailure('LOCK_UNREACHABLE');
      },
    });
    await end(tell('commission_with_code', pair));
    const lockId = book.memory.devices[0]?.uuid ?? '';
    expect(await end(tell('remove_lock', { lockId }))).toMatchObject({ error: 'LOCK_UNREACHABLE' });
    expect(book.memory.devices).toHaveLength(1);
    expect(await end(tell('remove_lock', { lockId, force: true }))).toMatchObject({ state: 'succeeded' });
    expect(book.memory.devices).toEqual([]);
    expect(await end(tell('remove_lock', { lockId }))).toMatchObject({ error: 'UNKNOWN_LOCK' });
  });
});
