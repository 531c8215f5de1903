import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { makeLog } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import { sealPin } from '@/server/testing/seal-pin';
import { until } from '@/server/testing/until';
import { type LockReading, MatterFailure, type MatterLock } from '../matter/face';
import { ServiceClock, systemClock } from '../service-clock';
import { openBook } from './book';
import { ownName, shortName, tagOf } from './lock-user';
import { afterRestart, emptyMemory, type HubDevice, type HubMemory } from './memory';
import { operateWithPin } from './operate-with-pin';
import { ownPin } from './own-pin';
import { pinDesk } from './pin-desk';
import { makePinKey, pinKeyOf } from './pin-key';
import { playUsers } from './users-fixture';

const log = makeLog('test', 'silent');
const pinKey = pinKeyOf(makePinKey());
const thing = 'lock-front';
const uuid = 'front';
const device: HubDevice = {
  ...{ uuid, nodeId: '1', endpoint: 1, vendorId: 1, productId: 1, deviceType: 10, name: 'Front' },
  ...{ attestation: 'verified', codeMark: 'mark' },
};
const pinLimits = { slots: 5, minLength: 4, maxLength: 6 };
const able: LockReading = { lockState: 'LOCKED', features: ['pin', 'pinSchedule'], pinLimits };
const never = new Promise<never>(() => {});

/** A hub's disk, which outlives its processes, and a lock. */
function playHouse(
  given: Parameters<typeof playUsers>[0] & { reading?: LockReading; canSave?: boolean } = {},
) {
  let kept: HubMemory = { ...emptyMemory, devices: [device] };
  const played = playUsers(given);
  const told: string[] = [];
  const house = {
    ...played,
    told,
    quiet: Promise.resolve(),
    reading: given.reading ?? able,
    /** How a lock answers an operation. */
    operate: (async () => {}) as MatterLock['operate'],
    isDown: false,
    get memory() {
      return kept;
    },
    /** A process of the hub; what one before it had under way stands still. */
    start() {
      const clock = new ServiceClock(systemClock);
      clock.answered(clock.read(), Math.floor(Date.now() / 1_000));
      let isAlive = true;
      const store = {
        load: async () => kept,
        async save(memory: HubMemory) {
          if (!isAlive) return never;
          if (given.canSave === false) throw new Error('read-only');
          kept = JSON.parse(JSON.stringify(memory));
        },
      };
      const book = openBook(store, afterRestart(kept), clock, log);
      const lock: MatterLock = {
        ...{ nodeId: '1', endpoint: 1, isReachable: true, users: played.users, on: () => () => {} },
        identity: { vendorId: 1, productId: 1, name: 'x', deviceType: 10 },
        reading: () => house.reading,
        ask: async () => ({ ...house.reading, lockState: 'UNLOCKED' }),
        operate: (...asked) => house.operate(...asked),
      };
      const desk = pinDesk({
        ...{ uuid, thing, book, clock, pinKey, log },
        lock: () => lock,
        quiet: () => house.quiet,
        report: () => {
          const { spoken } = desk;
          if (spoken !== undefined) told.push(`${spoken.id} ${spoken.state}`);
        },
        onSilence: () => told.push('silent'),
        refresh: () => told.push('refresh'),
      });
      const own = ownPin({ uuid, book, lock: () => lock, log });
      return {
        desk,
        lock,
        own,
        book,
        kill: () => {
          isAlive = false;
        },
        give(members: JsonObject, pin?: string, id: string = randomUUID()) {
          const sealed: JsonObject =
            pin === undefined ? {} : { pin: sealPin(pin, pinKey.publicKey, thing, id) };
          const times = { issuedAt: Date.now(), expiresAt: Date.now() + 60_000 };
          const command: JsonObject = { id, type: 'set_pin', ...times, ...sealed, ...members };
          desk.onDelta({ pin: command }, { pin: command });
          return id;
        },
        async ended(id: string) {
          const entry = await until(async () => {
            const found = book.memory.journal.find((one) => one.id === id);
            return found?.state === 'accepted' ? undefined : found;
          });
          const { state, error, slot } = entry;
          return [state, error ?? slot];
        },
      };
    },
  };
  return house;
}
const ourPins = ({ kept }: ReturnType<typeof playHouse>) =>
  [...kept.values()].flatMap(({ name, pins }) => [...pins.values()].map((digits) => `${name} ${digits}`));
const weekly = { kind: 'weekly', weekdays: [1], fromMinute: 0, untilMinute: 60 };
const hours = { schedule: weekly, timezone: 'Europe/Oslo' };

describe('a PIN command', () => {
  it('is judged by all that is desired, since a difference may leave its slot out', () => {
    const { told, start } = playHouse();
    start().desk.onDelta({ pin: { id: 'a', type: 'set_pin', expiresAt: Date.now() + 1_000 } });
    expect(told).toEqual(['refresh']);
  });

  it('makes a user with hours and digits, names it at last, and changes it where it stands', async () => {
    const house = playHouse();
    const hub = house.start();
    expect(await hub.ended(hub.give({ name: 'Kari Nordmann', ...hours }, '1357'))).toEqual(['succeeded', 1]);
    await until(async () => house.kept.get(1)?.name === 'Kari Nordm');
    expect(house.kept.get(1)).toMatchObject({ rule: 'weekly', hours: weekly });
    expect(await hub.ended(hub.give({ slot: 1 }, '2468'))).toEqual(['succeeded', 1]);
    expect(house.kept.get(1)).toMatchObject({ rule: null, name: 'Kari Nordm' });
    expect(ourPins(house)).toEqual(['Kari Nordm 2468']);
    expect(await hub.ended(hub.give({ type: 'clear_pin', slot: 1 }))).toEqual(['succeeded', 1]);
    expect(house.kept.size).toBe(0);
  });

  it.each<[string, JsonObject, string | undefined, Parameters<typeof playHouse>[0], string]>([
    ['too long', {}, '1234567', {}, 'PIN_LENGTH'],
    [
      'for a lock without hours',
      hours,
      '1357',
      { reading: { ...able, features: ['pin'] } },
      'SCHEDULE_UNSUPPORTED',
    ],
    [
      'for a lock without PINs',
      {},
      '1357',
      { reading: { lockState: 'LOCKED', features: [] } },
      'UNSUPPORTED_COMMAND',
    ],
    ['for a lock that is full', {}, '1357', { most: 0 }, 'PIN_SLOTS_FULL'],
    ['that nobody can open', { pin: { v: 1 } }, undefined, {}, 'PIN_UNREADABLE'],
    ['of a slot that is empty', { slot: 1 }, '1357', {}, 'LOCK_REFUSED'],
    ['that cannot be written down', {}, '1357', { canSave: false }, 'STORAGE_FAILED'],
  ])('%s is refused by name, and sends nothing that stays', async (_, members, pin, given, error) => {
    const house = playHouse(given);
    const hub = house.start();
    expect(await hub.ended(hub.give(members, pin))).toEqual(['failed', error]);
    expect(house.kept.size).toBe(0);
  });

  it('of digits that are in use leaves no user behind', async () => {
    const house = playHouse();
    const hub = house.start();
    await hub.ended(hub.give({}, '1357'));
    expect(await hub.ended(hub.give({}, '1357'))).toEqual(['failed', 'PIN_DUPLICATE']);
    expect(ourPins(house)).toHaveLength(1);
    expect(house.kept.size).toBe(1);
    expect(house.memory.pinTries).toEqual([]);
  });

  it('leaves alone what others have made, and what the hub has for itself', async () => {
    const house = playHouse();
    const hub = house.start();
    house.kept.set(1, { name: 'Theirs', isOurs: false, rule: null, pins: new Map([[1, '1111']]) });
    house.kept.set(2, { name: ownName, isOurs: true, rule: null, pins: new Map([[2, '2222']]) });
    expect(await hub.ended(hub.give({ slot: 1 }, '1357'))).toEqual(['failed', 'LOCK_REFUSED']);
    expect(await hub.ended(hub.give({ slot: 2 }, '1357'))).toEqual(['failed', 'LOCK_REFUSED']);
    expect(await hub.ended(hub.give({ type: 'clear_pin', slot: 2 }))).toEqual(['failed', 'LOCK_REFUSED']);
    // What was ours there is gone.
    expect(await hub.ended(hub.give({ type: 'clear_pin', slot: 1 }))).toEqual(['succeeded', 1]);
    expect(house.kept.size).toBe(2);
  });

  it('waits until the lock has nothing else to do', async () => {
    const house = playHouse();
    const hub = house.start();
    let isDone = () => {};
    house.quiet = new Promise((resolve) => {
      isDone = resolve;
    });
    const id = hub.give({}, '1357');
    await new Promise((resolve) => setImmediate(resolve));
    expect(house.kept.size).toBe(0);
    isDone();
    expect(await hub.ended(id)).toEqual(['succeeded', 1]);
  });

  it('that has run out is never run, and one that comes again is answered as before', async () => {
    const house = playHouse();
    const hub = house.start();
    expect(await hub.ended(hub.give({ expiresAt: Date.now() - 5_000 }, '1357'))).toEqual([
      'expired',
      undefined,
    ]);
    const id = hub.give({}, '1357');
    await hub.ended(id);
    await hub.ended(hub.give({ type: 'clear_pin', slot: 1 }));
    hub.give({}, '1357', id);
    expect(hub.desk.spoken).toMatchObject({ id, state: 'succeeded', slot: 1 });
    await hub.desk.close();
    expect(house.kept.size).toBe(0);
  });
});

describe('bad luck in the middle', () => {
  /** Counts calls, and at one of them does what the test says. */
  function breaking(at: number, how: (through: () => Promise<unknown>) => Promise<unknown>) {
    let count = 0;
    const around = (_call: unknown, through: () => Promise<unknown>) => {
      count += 1;
      return count === at ? how(through) : through();
    };
    return { around, calls: () => count };
  }
  /** As many as a new PIN with name and hours takes. */
  const steps = Array.from({ length: 9 }, (_, index) => index + 1);

  it.each(steps)('a hub killed at call %d tries nothing twice and leaves nothing half done', async (at) => {
    for (const isTaken of [false, true]) {
      const { around, calls } = breaking(at, async (through) => {
        if (isTaken) await through();
        return never;
      });
      const house = playHouse({ around });
      const before = house.start();
      const id = before.give({ name: 'Kari', ...hours }, '1357');
      await until(
        async () => calls() === at || (house.memory.journal[0]?.state === 'succeeded' && calls() < at),
      );
      await new Promise((resolve) => setImmediate(resolve));
      before.kill();
      const hub = house.start();
      hub.desk.look();
      const [state] = await hub.ended(id);
      await until(async () => house.memory.pinTries.length === 0);
      expect(ourPins(house)).toHaveLength(state === 'succeeded' ? 1 : 0);
      expect(house.kept.size).toBe(state === 'succeeded' ? 1 : 0);
      const slot = state === 'succeeded' ? 2 : 1;
      expect(await hub.ended(hub.give({}, '2468'))).toEqual(['succeeded', slot]);
    }
  });

  it.each(steps)('a lock that falls silent at call %d keeps no PIN that was told as failed', async (at) => {
    for (const isTaken of [false, true]) {
      const { around } = breaking(at, async (through) => {
        if (isTaken) await through();
        throw new MatterFailure('LOCK_UNREACHABLE');
      });
      const house = playHouse({ around });
      const hub = house.start();
      const [state, error] = await hub.ended(hub.give(hours, '1357'));
      if (state === 'failed') expect(error).toBe('LOCK_UNREACHABLE');
      hub.desk.look();
      await until(async () => house.memory.pinTries.length === 0);
      expect(house.kept.size).toBe(state === 'succeeded' ? 1 : 0);
    }
  });

  it('what nobody remembers is swept away by the next PIN', async () => {
    const house = playHouse();
    house.kept.set(1, { name: tagOf('forgotten'), isOurs: true, rule: null, pins: new Map() });
    const hub = house.start();
    expect(await hub.ended(hub.give({}, '1357'))).toEqual(['succeeded', 1]);
    expect(ourPins(house)).toHaveLength(1);
  });

  it('a clearing that a restart cut off is told as the lock stands', async () => {
    for (const isTaken of [false, true]) {
      let isAsked = false;
      const house = playHouse({
        around: async (call, through) => {
          if (call !== 'clear') return through();
          if (isTaken) await through();
          isAsked = true;
          return never;
        },
      });
      const before = house.start();
      await before.ended(before.give({}, '1357'));
      const id = before.give({ type: 'clear_pin', slot: 1 });
      await until(async () => isAsked && house.memory.journal.some((entry) => entry.id === id));
      before.kill();
      const hub = house.start();
      hub.desk.look();
      expect(await hub.ended(id)).toEqual(isTaken ? ['succeeded', 1] : ['failed', 'HUB_RESTARTED']);
    }
  });

  it('one that the lock is not heard about before it runs out is given up', async () => {
    const house = playHouse({ around: () => never });
    const before = house.start();
    const id = before.give({}, '1357');
    await until(async () => house.memory.journal.length === 1);
    before.kill();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const hub = house.start();
    await vi.advanceTimersByTimeAsync(61_000);
    vi.useRealTimers();
    expect(await hub.ended(id)).toEqual(['failed', 'HUB_RESTARTED']);
  });
});

describe('the PIN of the hub itself', () => {
  const wanting: LockReading = { ...able, features: ['pin', 'pinRequired'] };
  /** Lets in who has one of the PINs. */
  const guarded =
    (house: ReturnType<typeof playHouse>): MatterLock['operate'] =>
    async (_, { pin }) => {
      if (pin === undefined) throw new MatterFailure('PIN_REQUIRED');
      const all = [...house.kept.values()].flatMap(({ pins }) => [...pins.values()]);
      if (!all.includes(pin)) throw new MatterFailure('PIN_REJECTED');
    };
  const opened = async (house: ReturnType<typeof playHouse>, hub = house.start()) => {
    const outcome = await operateWithPin(hub.lock, 'unlock', { own: hub.own, withinMs: 2_000 });
    return outcome.state === 'failed' ? outcome.error : outcome.state;
  };

  it('is as long as the lock allows, opens it, and outlives a restart', async () => {
    const house = playHouse({ reading: wanting });
    house.operate = guarded(house);
    expect(await opened(house)).toBe('succeeded');
    expect(house.memory.devices[0]?.ownPin?.digits).toMatch(/^\d{6}$/);
    expect(ourPins(house)).toEqual([`${ownName} ${house.memory.devices[0]?.ownPin?.digits}`]);
    expect(await opened(house)).toBe('succeeded');
    expect(house.kept.size).toBe(1);
  });

  it('is made anew when the lock has forgotten it, or has other digits', async () => {
    const house = playHouse({ reading: wanting });
    house.operate = guarded(house);
    const hub = house.start();
    expect(await opened(house, hub)).toBe('succeeded');
    house.kept.clear();
    expect(await opened(house, hub)).toBe('succeeded');
    house.kept.get(1)?.pins.set(1, '000000');
    expect(await opened(house, hub)).toBe('succeeded');
    expect(ourPins(house)).toHaveLength(1);
  });

  it('that cannot be made leaves the opening failed, and one that the lock does not want is not made', async () => {
    const full = playHouse({ reading: wanting, most: 0 });
    full.operate = guarded(full);
    expect(await opened(full)).toBe('PIN_REQUIRED');
    const silent = playHouse({
      reading: wanting,
      around: async () => {
        throw new MatterFailure('LOCK_UNREACHABLE');
      },
    });
    expect(await opened(silent)).toBe('LOCK_UNREACHABLE');
    const open = playHouse();
    expect(await opened(open)).toBe('succeeded');
    expect(open.kept.size).toBe(0);
  });

  it('leaves with the lock', async () => {
    const house = playHouse({ reading: wanting });
    house.operate = guarded(house);
    const hub = house.start();
    await opened(house, hub);
    await hub.own.leave();
    expect(house.kept.size).toBe(0);
    expect(hub.book.memory.devices[0]).not.toHaveProperty('ownPin');
  });
});

describe('the name of a user', () => {
  it.each([
    ['Kari', 'Kari'],
    ['  Åse i første etasje', 'Åse i fø'],
    ['Øystein 👩‍🔧', 'Øystein'],
    [ownName, undefined],
    ['lkabcdefgh', undefined],
    ['   ', undefined],
  ])('%j is kept as %j', (name, kept) => {
    expect(shortName(name)).toBe(kept);
  });
});
