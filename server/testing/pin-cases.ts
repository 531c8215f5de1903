import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ShadowClient } from '../mqtt/shadow-client';
import type { HubProcess, MatterLockProcess } from './matter-processes';
import { sealPin } from './seal-pin';
import { until } from './until';

/** Where the cases take place: a lock that is paired with a hub. */
export interface PinGround {
  lock: MatterLockProcess;
  hub: HubProcess;
  made: { thing: string };
  cloud: ShadowClient;
  thingOfLock(): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a shadow
  shadowOf(thing: string): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a shadow
  command(type: string, more?: (id: string, thing: string) => object): Promise<any>;
}

const hourMs = 3_600_000;
/** Of five digits none that is a port: ports are in logs. */
const codes = ['70517', '73925', '86204', '918273', '5550123', '80461', '91337'] as const;
const [first, second, third, weekly, dated, cutOff, lost] = codes;

/** PIN commands of the shadow, over real Matter, down to the keypad. To be called within a `describe`. */
export function pinCases(ground: () => PinGround): void {
  let thing = '';
  beforeAll(async () => {
    thing = await ground().thingOfLock();
    await ground().lock.act('set-pin', { pin: '2468' });
  });
  afterAll(async () => {
    const { lock, command } = ground();
    await lock.act('set-clock', { at: new Date().toISOString() });
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
  });

  const reported = async () => (await ground().shadowOf(thing)).reported;
  /** Puts a PIN command into the shadow; its id. */
  async function ask(members: object, { pin, id = randomUUID() }: { pin?: string; id?: string } = {}) {
    const { cloud, made, shadowOf } = ground();
    const { pinKey } = (await shadowOf(made.thing)).reported;
    const now = Date.now();
    const sealed = pin === undefined ? {} : { pin: sealPin(pin, pinKey, thing, id) };
    const wanted = { id, type: 'set_pin', issuedAt: now, expiresAt: now + 60_000, ...sealed, ...members };
    // The whole of it, as one object of its own: nothing of an earlier command stays.
    for (const desired of [{ pin: null }, { pin: wanted }])
      expect((await cloud.update(thing, { desired }, randomUUID(), 10_000)).kind).toBe('accepted');
    return id;
  }
  const ended = (id: string) =>
    until(async () => {
      const { pin } = await reported();
      return pin?.id === id && pin.state !== 'accepted' ? pin : undefined;
    });
  const told = async (...given: Parameters<typeof ask>) => ended(await ask(...given));
  /** What comes of digits at the keypad; a door that opened is locked again. */
  async function type(pin: string): Promise<string | null> {
    const { lock, command } = ground();
    const { lastEntry } = await lock.act('type-pin', { pin });
    if (lastEntry === 'opened') {
      expect((await lock.view()).bolt).toBe('UNLOCKED');
      expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    }
    return lastEntry;
  }
  const users = async () => (await ground().lock.view()).users;
  /** Weekday (1 Monday) and minute of the clock on a wall in UTC. */
  const utc = (at: Date) => ({
    day: at.getUTCDay() === 0 ? 7 : at.getUTCDay(),
    minute: at.getUTCHours() * 60 + at.getUTCMinutes(),
  });

  it('are set, open at the keypad, and the lock says whose it was', async () => {
    await until(async () => (await reported()).pinLimits.slots === 10);
    expect(await reported()).toMatchObject({
      pinLimits: { slots: 10, minLength: 4, maxLength: 8 },
      features: expect.arrayContaining(['pin', 'pinSchedule']),
    });
    expect(await told({ name: 'Åse i første' }, { pin: first })).toMatchObject({
      state: 'succeeded',
      slot: 2,
    });
    await until(async () => (await users()).some(({ slot, name }) => slot === 2 && name === 'Åse i fø'));
    expect(await type(first)).toBe('opened');
    await until(async () => (await reported()).lastOperation?.source === 'remote');
    await ground().lock.act('type-pin', { pin: first });
    await until(async () => {
      const { lastOperation } = await reported();
      return lastOperation.source === 'keypad' && lastOperation.slot === 2;
    });
    expect(await ground().command('lock')).toMatchObject({ state: 'succeeded' });
    expect(await type('11223')).toBe('wrong');
  });

  it('are changed where they stand, also when the command before was about the same slot', async () => {
    expect(await told({ slot: 2 }, { pin: second })).toMatchObject({ state: 'succeeded', slot: 2 });
    expect(await told({ slot: 2, name: 'Cleaner' })).toMatchObject({ state: 'succeeded', slot: 2 });
    expect(await users()).toHaveLength(2);
    expect((await users()).find(({ slot }) => slot === 2)).toMatchObject({ name: 'Cleaner', pins: 1 });
    expect([await type(first), await type(second)]).toEqual(['wrong', 'opened']);
  });

  it('of somebody else are refused by name, and leave nothing on the lock', async () => {
    expect(await told({}, { pin: second })).toMatchObject({ state: 'failed', error: 'PIN_DUPLICATE' });
    expect(await users()).toHaveLength(2);
    // A user of the keypad is not ours to change.
    expect(await told({ slot: 1 }, { pin: third })).toMatchObject({ state: 'failed', error: 'LOCK_REFUSED' });
    expect(await told({ slot: 'two' }, { pin: third })).toMatchObject({ error: 'UNSUPPORTED_COMMAND' });
    expect(await told({ pin: third })).toMatchObject({ error: 'PIN_UNREADABLE' });
  });

  it('open within their hours alone, by the clock of the lock in the zone of the home', async () => {
    const { lock } = ground();
    const timezone = 'Asia/Kathmandu';
    // A zone of a whole number of minutes, and none of hours: 5:45 ahead.
    const local = utc(new Date(Date.now() + 5.75 * hourMs));
    const tomorrow = (local.day % 7) + 1;
    const schedule = { kind: 'weekly', weekdays: [tomorrow], fromMinute: 600, untilMinute: 660 };
    expect(await told({ schedule, timezone }, { pin: weekly })).toMatchObject({
      state: 'succeeded',
      slot: 3,
    });
    expect(await type(weekly)).toBe('out-of-hours');
    const noon = new Date(Date.now() + (24 * 60 - local.minute + 630) * 60_000);
    await lock.act('set-clock', { at: noon.toISOString() });
    expect(await type(weekly)).toBe('opened');
    const between = {
      kind: 'between',
      from: new Date(Date.now() + hourMs).toISOString(),
      until: new Date(Date.now() + 2 * hourMs).toISOString(),
    };
    const asked = { slot: 3, schedule: between, timezone };
    expect(await told(asked, { pin: dated })).toMatchObject({ state: 'succeeded', slot: 3 });
    expect([await type(weekly), await type(dated)]).toEqual(['wrong', 'out-of-hours']);
    await lock.act('set-clock', { at: new Date(Date.now() + 1.5 * hourMs).toISOString() });
    expect(await type(dated)).toBe('opened');
    await lock.act('set-clock', { at: new Date().toISOString() });
    expect(await type(dated)).toBe('out-of-hours');
    // Without hours: always.
    expect(await told({ slot: 3 })).toMatchObject({ state: 'succeeded' });
    expect(await type(dated)).toBe('opened');
  }, 60_000);

  it('are cleared, and again when they are gone; an old command and a second time do nothing', async () => {
    const { cloud } = ground();
    const id = await ask({ type: 'clear_pin', slot: 3 });
    expect(await ended(id)).toMatchObject({ state: 'succeeded', slot: 3 });
    expect(await type(dated)).toBe('wrong');
    expect(await told({ type: 'clear_pin', slot: 3 })).toMatchObject({ state: 'succeeded', slot: 3 });
    // One that is over does not come so far.
    const old = { id: randomUUID(), type: 'clear_pin', slot: 2, issuedAt: 1, expiresAt: Date.now() - 1 };
    expect((await cloud.update(thing, { desired: { pin: old } }, randomUUID(), 10_000)).kind).toBe(
      'rejected',
    );
    const again = { id, type: 'clear_pin', slot: 2, issuedAt: Date.now(), expiresAt: Date.now() + 60_000 };
    await cloud.update(thing, { desired: { pin: again } }, randomUUID(), 10_000);
    expect(await ended(id)).toMatchObject({ state: 'succeeded', slot: 3 });
    expect(await type(second)).toBe('opened');
  });

  it('that were under way when the hub was killed leave nothing behind, and are not tried twice', async () => {
    const { hub, lock } = ground();
    const atWork = async () => (await lock.view()).isPinWaiting;
    await lock.act('set-keypad', { state: 'stuck' });
    const id = await ask({}, { pin: cutOff });
    await until(atWork);
    // The lock loses its power too, so that it knows the user and not yet the digits; what it knew before it keeps.
    await Promise.all([hub.kill(), lock.kill()]);
    await lock.restart();
    await hub.restart();
    expect(await ended(id)).toMatchObject({ state: 'failed', error: 'HUB_RESTARTED' });
    await until(async () => (await users()).length === 2);
    expect([await type(cutOff), await type(second)]).toEqual(['wrong', 'opened']);
    // The same, and this time the lock has taken the digits while the hub was away.
    await lock.act('set-keypad', { state: 'stuck' });
    const other = await ask({}, { pin: cutOff });
    await until(atWork);
    await hub.kill();
    await lock.act('set-keypad', { state: 'works' });
    await hub.restart();
    expect(await ended(other)).toMatchObject({ state: 'succeeded', slot: 3 });
    expect(await type(cutOff)).toBe('opened');
    await lock.act('set-keypad', { state: 'broken' });
    expect(await told({}, { pin: lost })).toMatchObject({ state: 'failed', error: 'LOCK_REFUSED' });
    await lock.act('set-keypad', { state: 'works' });
    expect(await users()).toHaveLength(3);
    expect(await told({}, { pin: lost })).toMatchObject({ state: 'succeeded', slot: 4 });
  }, 120_000);

  it('that a lock wants for remote operations are the hub’s own, and made anew when they are forgotten', async () => {
    const { lock, command } = ground();
    const opens = async () => {
      expect(await command('unlock')).toMatchObject({ state: 'succeeded' });
      expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    };
    await lock.act('require-pin', { isNeeded: true });
    await until(async () => (await users()).some(({ name, pins }) => name === 'Latchkey' && pins === 1));
    await until(async () => (await reported()).pinLimits.slots === 9);
    await opens();
    const own = (await users()).find(({ name }) => name === 'Latchkey')?.slot;
    expect(await told({ type: 'clear_pin', slot: own })).toMatchObject({ error: 'LOCK_REFUSED' });
    await lock.act('set-pin', { pin: '2468' });
    await opens();
    expect((await users()).map(({ name }) => name)).toEqual(['Keypad', 'Latchkey']);
    await lock.act('require-pin', { isNeeded: false });
    await until(async () => (await reported()).pinLimits.slots === 10);
  });

  it('are found nowhere afterwards', async () => {
    const { hub, lock, shadowOf, made } = ground();
    await ask({ type: 'clear_pin', slot: 2 });
    const memory = await readFile(path.join(hub.folder, 'memory.json'), 'utf8');
    const shadows = JSON.stringify([await shadowOf(thing), await shadowOf(made.thing)]);
    const everywhere = memory + shadows + hub.output() + lock.output();
    // By themselves: their digits may stand within a time or a number of a node.
    for (const code of codes) expect(everywhere).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`));
    expect(JSON.parse(memory).pinTries).toEqual([]);
  });
}
