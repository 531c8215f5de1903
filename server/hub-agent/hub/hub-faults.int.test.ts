import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MatterHouse, startMatterHouse } from '@/server/testing/matter-house';
import { pinCases } from '@/server/testing/pin-cases';
import { sealPin } from '@/server/testing/seal-pin';
import { until } from '@/server/testing/until';

// Programs are killed and started again.
vi.setConfig({ testTimeout: 90_000 });

// By its label, over the secured port of the broker.
let house: MatterHouse;
beforeAll(async () => {
  house = await startMatterHouse();
}, 240_000);
afterAll(() => house?.stop(), 60_000);
beforeEach(({ onTestFailed }) => onTestFailed(() => house?.describe()));

describe('pairing over real Matter', () => {
  it('names a wrong passcode, and takes nothing in', async () => {
    const { manualCode } = await house.lock.view();
    const { readManualCode, writeManualCode } = await import('@/server/domain/matter/manual-code');
    const read = readManualCode(manualCode);
    if (!read.ok) throw new Error('the code of the lock is none');
    const passcode = read.payload.passcode === 20202021 ? 20202022 : 20202021;
    const attempt = await house.pair(writeManualCode({ ...read.payload, passcode }));
    expect(attempt).toMatchObject({ status: 'failed', error: 'WRONG_PASSCODE' });
    expect((await house.lock.view()).isPaired).toBe(false);
  });

  it('names a lock that can hold no further system', async () => {
    await house.lock.act('fill-fabrics', { isFull: true });
    expect(await house.pair((await house.lock.view()).qrCode)).toMatchObject({
      status: 'failed',
      error: 'DEVICE_FABRICS_FULL',
    });
    await house.lock.act('fill-fabrics', { isFull: false });
  });

  it('succeeds by the QR code, step by step, and makes a lock of the home', async () => {
    const attempt = await house.pair((await house.lock.view()).qrCode);
    expect(attempt).toMatchObject({
      status: 'succeeded',
      step: 'subscribing',
      attestation: 'test-certificate',
    });
    await until(async () => (await house.door()).bolt === 'locked');
    expect(await house.door()).toMatchObject({
      door: 'closed',
      battery: { percent: 90, level: 'ok' },
      reachable: true,
    });
    expect(await house.status()).toMatchObject({ online: true, version: '0.1.0' });
  });

  it('of the same code again is named, whichever form it comes in', async () => {
    const { qrCode, manualCode } = await house.lock.view();
    for (const code of [qrCode, manualCode])
      expect(await house.pair(code)).toMatchObject({ status: 'failed', error: 'ALREADY_COMMISSIONED' });
  });

  it('keeps code and PIN out of the logs, and its folder to itself', async () => {
    const { qrCode, manualCode } = await house.lock.view();
    expect(house.hub.output()).not.toContain(qrCode);
    expect(house.hub.output()).not.toContain(manualCode);
    expect((await stat(house.hub.folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(house.hub.folder, 'matter'))).mode & 0o777).toBe(0o700);
    expect(await readFile(path.join(house.hub.folder, 'memory.json'), 'utf8')).not.toContain(manualCode);
  });
});

describe('a lock behind the hub', () => {
  it('opens, and the cloud confirms it; once for each request', async () => {
    const before = (await house.lock.view()).actuations;
    expect((await house.open()).status).toBe(200);
    await house.confirmed();
    expect(await house.lock.view()).toMatchObject({ bolt: 'UNLOCKED', actuations: before + 1 });
    await until(
      async () =>
        (await house.shadowOf(await house.thingOfLock())).reported.lastOperation?.source === 'remote',
    );
  });

  it('locks and unbolts on commands of its shadow', async () => {
    expect(await house.command('lock')).toMatchObject({ state: 'succeeded' });
    await until(async () => (await house.door()).bolt === 'locked');
    expect(await house.command('unbolt')).toMatchObject({ state: 'succeeded' });
    expect((await house.lock.view()).bolt).toBe('UNLOCKED');
    expect(await house.command('lock')).toMatchObject({ state: 'succeeded' });
    expect(await house.command('explode')).toMatchObject({ state: 'failed', error: 'UNSUPPORTED_COMMAND' });
  });

  it('tells of hands, door, battery and keypad', async () => {
    const thing = await house.thingOfLock();
    await house.lock.act('turn-by-hand', { to: 'UNLOCKED' });
    await until(async () => (await house.shadowOf(thing)).reported.lastOperation?.source === 'manual');
    await house.lock.act('set-door', { state: 'OPEN' });
    await house.lock.act('set-battery', { percent: 7 });
    await until(
      async () => (await house.door()).battery?.level === 'critical' && (await house.door()).door === 'open',
    );
    await house.lock.act('set-door', { state: 'CLOSED' });
    await house.lock.act('turn-by-hand', { to: 'LOCKED' });
    await house.lock.act('set-pin', { pin: '86429753' });
    await house.lock.act('type-pin', { pin: '86429753' });
    await until(async () => (await house.shadowOf(thing)).reported.lastOperation?.source === 'keypad');
    expect(await house.command('lock')).toMatchObject({ state: 'succeeded' });
  });

  it('that needs a PIN opens by one that is sealed to the hub, and says what is wrong with others', async () => {
    const { pinKey } = (await house.shadowOf(house.made.thing)).reported;
    const sealed = (pin: string) => (id: string, thing: string) => ({
      pin: sealPin(pin, pinKey, thing, id),
    });
    await house.lock.act('require-pin', { isNeeded: true });
    expect(await house.command('unlock', sealed('1357'))).toMatchObject({
      state: 'failed',
      error: 'PIN_REJECTED',
    });
    expect(await house.command('unlock', () => ({ pin: '86429753' }))).toMatchObject({
      error: 'PIN_UNREADABLE',
    });
    expect((await house.lock.view()).bolt).toBe('LOCKED');
    expect(await house.command('unlock', sealed('86429753'))).toMatchObject({ state: 'succeeded' });
    expect(house.hub.output() + house.lock.output()).not.toMatch(/(?<!\d)86429753(?!\d)/);
    expect(await house.command('lock')).toMatchObject({ state: 'succeeded' });
    await house.lock.act('require-pin', { isNeeded: false });
  });

  it('that jams fails the opening, and works again when it is free', async () => {
    await house.lock.act('jam');
    await house.open();
    expect(await house.settles('failed')).toMatchObject({ error: 'JAMMED' });
    await until(async () => (await house.door()).bolt === 'jammed');
    await house.lock.act('free');
    await until(async () => (await house.door()).bolt === 'locked');
  });

  it('with a slow motor is accepted first and confirmed when the bolt is there', async () => {
    await house.lock.act('set-motor', { ms: 700 });
    await house.open();
    const opening = await house.confirmed();
    expect(Date.parse(String(opening.outcomeAt))).toBeGreaterThan(Date.parse(String(opening.acceptedAt)));
    await house.lock.act('set-motor', { ms: 0 });
    expect(await house.command('lock')).toMatchObject({ state: 'succeeded' });
  });
});

describe('PINs of the lock', () => pinCases(() => house));

describe('PIN codes of the cloud', () => {
  it('open at the keypad under their name once they are set, and no more when they were taken away', async () => {
    const made = await house.ask('POST', `/locks/${house.lockId}/pins`, { name: 'Cleaner', pin: '40711' });
    expect(made.status).toBe(201);
    const stateOf = async () => {
      const { items } = (await house.ask('GET', `/locks/${house.lockId}/pins`)).body;
      return items.find(({ id }: { id: string }) => id === made.body.id)?.state;
    };
    await until(async () => (await stateOf()) === 'set');
    const typed = async () => (await house.lock.act('type-pin', { pin: '40711' })).lastEntry;
    expect(await typed()).toBe('opened');
    await until(async () => {
      const { items } = (await house.ask('GET', `/locks/${house.lockId}/activity`)).body;
      return items.some((line: object) => 'codeName' in line && line.codeName === 'Cleaner');
    });
    expect(await house.command('lock')).toMatchObject({ state: 'succeeded' });
    const gone = await house.ask('DELETE', `/locks/${house.lockId}/pins/${made.body.id}`);
    expect(gone.status).toBe(200);
    await until(async () => (await stateOf()) === undefined);
    expect(await typed()).toBe('wrong');
  });
});

describe('removal', () => {
  it('in the cloud takes the lock off the fabric, and it can be paired anew as another one', async () => {
    const before = house.lockId;
    expect((await house.ask('DELETE', `/locks/${before}`)).status).toBe(200);
    await until(async () => (await house.lock.view()).isPaired === false);
    await until(async () => (await house.shadowOf(house.made.thing)).desired?.command === undefined);
    const { locks } = (await house.shadowOf(house.made.thing)).reported;
    expect(Object.keys(locks)).toEqual([]);
    expect(await house.pair((await house.lock.view()).manualCode)).toMatchObject({ status: 'succeeded' });
    expect(house.lockId).not.toBe(before);
    await house.open();
    await house.confirmed();
    expect(await house.tell('remove_lock', { lockId: 'lock-nobody' })).toMatchObject({
      error: 'UNKNOWN_LOCK',
    });
  });

  it('of a lock that does not answer is refused to who asks the hub, and done anyway when the cloud gives it up', async () => {
    const thing = await house.thingOfLock();
    await house.lock.act('reset');
    await house.open();
    expect(await house.settles('failed')).toMatchObject({ error: 'LOCK_UNREACHABLE' });
    await until(async () => (await house.door()).reachable === false);
    expect(await house.tell('remove_lock', { lockId: thing })).toMatchObject({
      state: 'failed',
      error: 'LOCK_UNREACHABLE',
    });
    expect((await house.ask('DELETE', `/locks/${house.lockId}`)).status).toBe(200);
    await until(async () => (await house.shadowOf(house.made.thing)).reported.locks?.[thing] === undefined);
    expect(await house.pair((await house.lock.view()).manualCode)).toMatchObject({ status: 'succeeded' });
    await house.open();
    await house.confirmed();
  });
});
