import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectMqtt, type MqttConnection } from '@/server/mqtt/client';
import { type ShadowClient, shadowClientOver } from '@/server/mqtt/shadow-client';
import { secretsFrom } from '@/server/services/secrets';
import { getShadow } from '@/server/services/shadows/get-shadow';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory, type Person } from '@/server/testing/factories';
import {
  type HubProcess,
  type MatterLockProcess,
  startHubProcess,
  startLockProcess,
} from '@/server/testing/matter-processes';
import { pinCases } from '@/server/testing/pin-cases';
import { sealPin } from '@/server/testing/seal-pin';
import { settled } from '@/server/testing/settled';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

let system: System;
let factory: Factory;
let owner: Person;
let home: { id: number; projectId: number };
let made: Awaited<ReturnType<Factory['hub']>>;
let lock: MatterLockProcess;
let hub: HubProcess;
let lockId = 0;
let line: MqttConnection;
let cloud: ShadowClient;

beforeAll(async () => {
  system = await startSystem({}, { hasTls: true });
  factory = makeFactory(system);
  owner = await factory.person((await factory.project()).id);
  home = await factory.home(owner);
  made = await factory.hub(home);
  const password = secretsFrom(system.secretsKey).servicePassword('test');
  line = connectMqtt({ url: system.mqttUrl, clientId: 'svc:test', username: 'svc:test', password });
  const client = shadowClientOver(line);
  await client.start();
  await line.ready();
  cloud = client;
  lock = await startLockProcess();
  // By its label, over the secured port of the broker.
  hub = await startHubProcess(
    { HUB_URL: system.url, HUB_SERIAL: made.serial, HUB_CLAIM_CODE: made.claimCode },
    [lock.port],
  );
  await until(async () => (await status()).online === true);
}, 120_000);
afterAll(async () => {
  await hub?.stop();
  await lock?.stop();
  await line?.end();
  await factory.end();
  await system.stop();
}, 60_000);

const ask = async (method: string, where: string, body?: object) =>
  send(system.url, method, where, { token: owner.token, ...(body && { body }) });
const status = async () => (await ask('GET', `/hubs/${made.id}/status`)).body;
const door = async (id = lockId) => (await ask('GET', `/locks/${id}`)).body;
const open = (requestId: string = randomUUID()) => ask('POST', `/locks/${lockId}/OpenLock`, { requestId });
const confirmed = () => settled(system.url, owner.token, lockId, 'confirmed');
const reported = async (thing: string) => {
  const answer = await getShadow(factory.deps, { thing, name: '' }, {});
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a shadow
  return (answer.ok ? answer.accepted.state : {}) as any;
};

/** Pairs by a code and waits for the end of it. */
async function pair(commissioningCode: string) {
  const reply = await ask('POST', `/hubs/${made.id}/CommissionDevice`, { hubId: made.id, commissioningCode });
  expect(reply.status).toBe(200);
  return until(async () => {
    const [attempt] = (await ask('GET', `/hubs/${made.id}/commissionings`)).body.items;
    return ['succeeded', 'failed', 'expired'].includes(attempt.status) ? attempt : undefined;
  });
}
/** Tells the hub something and waits for what came of it. */
async function tell(command: string, args: object) {
  const before = (await reported(made.thing)).reported?.command?.id;
  const reply = await ask('POST', `/hubs/${made.id}/SendHubCommand`, { hubId: made.id, command, args });
  expect(reply.status).toBe(200);
  return until(async () => {
    const said = (await reported(made.thing)).reported?.command;
    return said?.id !== before && said?.state !== 'accepted' ? said : undefined;
  });
}
/** Puts a command into the shadow of the lock, as the cloud does for what pages cannot ask yet, and waits for its end. */
async function command(type: string, more: (id: string, thing: string) => object = () => ({})) {
  const thing = await thingOfLock();
  const id = randomUUID();
  const now = Date.now();
  const desired = {
    command: { id, type, issuedAt: now, expiresAt: now + 8_000, pin: null, ...more(id, thing) },
  };
  const answer = await cloud.update(thing, { desired }, id, 2_000);
  expect(answer.kind).toBe('accepted');
  return until(async () => {
    const said = (await reported(thing)).reported?.command;
    return said?.id === id && said.state !== 'accepted' ? said : undefined;
  });
}
const thingOfLock = async () => `lock-${(await ask('GET', `/locks/${lockId}/basic-info`)).body.uuid}`;

describe('pairing over real Matter', () => {
  it('names a wrong passcode, and takes nothing in', async () => {
    const { manualCode } = await lock.view();
    const { readManualCode, writeManualCode } = await import('@/server/domain/matter/manual-code');
    const read = readManualCode(manualCode);
    if (!read.ok) throw new Error('the code of the lock is none');
    const passcode = read.payload.passcode === 20202021 ? 20202022 : 20202021;
    const attempt = await pair(writeManualCode({ ...read.payload, passcode }));
    expect(attempt).toMatchObject({ status: 'failed', error: 'WRONG_PASSCODE' });
    expect((await lock.view()).isPaired).toBe(false);
  });

  it('succeeds by the QR code, step by step, and makes a lock of the home', async () => {
    const attempt = await pair((await lock.view()).qrCode);
    expect(attempt).toMatchObject({
      status: 'succeeded',
      step: 'subscribing',
      attestation: 'test-certificate',
    });
    lockId = attempt.lockId;
    await until(async () => (await door()).bolt === 'locked');
    expect(await door()).toMatchObject({
      door: 'closed',
      battery: { percent: 90, level: 'ok' },
      reachable: true,
    });
    expect(await status()).toMatchObject({ online: true, version: '0.1.0' });
  });

  it('of the same code again is named, whichever form it comes in', async () => {
    const { qrCode, manualCode } = await lock.view();
    for (const code of [qrCode, manualCode])
      expect(await pair(code)).toMatchObject({ status: 'failed', error: 'ALREADY_COMMISSIONED' });
  });

  it('keeps code and PIN out of the logs, and its folder to itself', async () => {
    const { qrCode, manualCode } = await lock.view();
    expect(hub.output()).not.toContain(qrCode);
    expect(hub.output()).not.toContain(manualCode);
    expect((await stat(hub.folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(hub.folder, 'matter'))).mode & 0o777).toBe(0o700);
    expect(await readFile(path.join(hub.folder, 'memory.json'), 'utf8')).not.toContain(manualCode);
  });
});

describe('a lock behind the hub', () => {
  it('opens, and the cloud confirms it; once for each request', async () => {
    const before = (await lock.view()).actuations;
    expect((await open()).status).toBe(200);
    await confirmed();
    expect(await lock.view()).toMatchObject({ bolt: 'UNLOCKED', actuations: before + 1 });
    await until(
      async () => (await reported(await thingOfLock())).reported.lastOperation?.source === 'remote',
    );
  });

  it('locks and unbolts on commands of its shadow', async () => {
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    await until(async () => (await door()).bolt === 'locked');
    expect(await command('unbolt')).toMatchObject({ state: 'succeeded' });
    expect((await lock.view()).bolt).toBe('UNLOCKED');
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    expect(await command('explode')).toMatchObject({ state: 'failed', error: 'UNSUPPORTED_COMMAND' });
  });

  it('tells of hands, door, battery and keypad', async () => {
    const thing = await thingOfLock();
    await lock.act('turn-by-hand', { to: 'UNLOCKED' });
    await until(async () => (await reported(thing)).reported.lastOperation?.source === 'manual');
    await lock.act('set-door', { state: 'OPEN' });
    await lock.act('set-battery', { percent: 7 });
    await until(async () => (await door()).battery?.level === 'critical' && (await door()).door === 'open');
    await lock.act('set-door', { state: 'CLOSED' });
    await lock.act('turn-by-hand', { to: 'LOCKED' });
    await lock.act('set-pin', { pin: '2468' });
    await lock.act('type-pin', { pin: '2468' });
    await until(async () => (await reported(thing)).reported.lastOperation?.source === 'keypad');
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
  });

  it('that needs a PIN opens by one that is sealed to the hub, and says what is wrong with others', async () => {
    const { pinKey } = (await reported(made.thing)).reported;
    const sealed = (pin: string) => (id: string, thing: string) => ({
      pin: sealPin(pin, pinKey, thing, id),
    });
    await lock.act('require-pin', { isNeeded: true });
    expect(await command('unlock', sealed('1357'))).toMatchObject({ state: 'failed', error: 'PIN_REJECTED' });
    expect(await command('unlock', () => ({ pin: '2468' }))).toMatchObject({ error: 'PIN_UNREADABLE' });
    expect((await lock.view()).bolt).toBe('LOCKED');
    expect(await command('unlock', sealed('2468'))).toMatchObject({ state: 'succeeded' });
    expect(hub.output() + lock.output()).not.toContain('2468');
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    await lock.act('require-pin', { isNeeded: false });
  });

  it('that jams fails the opening, and works again when it is free', async () => {
    await lock.act('jam');
    await open();
    expect(await settled(system.url, owner.token, lockId, 'failed')).toMatchObject({ error: 'JAMMED' });
    await until(async () => (await door()).bolt === 'jammed');
    await lock.act('free');
    await until(async () => (await door()).bolt === 'locked');
  });

  it('with a slow motor is accepted first and confirmed when the bolt is there', async () => {
    await lock.act('set-motor', { ms: 700 });
    await open();
    const opening = await confirmed();
    expect(Date.parse(String(opening.outcomeAt))).toBeGreaterThan(Date.parse(String(opening.acceptedAt)));
    await lock.act('set-motor', { ms: 0 });
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
  });
});

// biome-ignore format: one line, for those who change the set-up
describe('PINs of the lock', () => pinCases(() => ({ lock, hub, made, cloud, thingOfLock, shadowOf: reported, command })));

describe('bad luck', () => {
  it('an opening of a lock without power fails and never fires later', async () => {
    const before = (await lock.view()).actuations;
    await lock.act('power-off');
    await open();
    await settled(system.url, owner.token, lockId, 'failed', 'expired');
    await until(async () => (await door()).reachable === false);
    await lock.act('power-on');
    await until(async () => (await door()).reachable === true);
    // The lock answers a new request, and that alone has moved it.
    await open();
    await confirmed();
    expect((await lock.view()).actuations).toBe(before + 1);
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
  });

  it('a lock that is killed comes back by itself, and what was asked meanwhile does not fire', async () => {
    const before = (await lock.view()).actuations;
    await lock.kill();
    await open();
    await settled(system.url, owner.token, lockId, 'failed', 'expired');
    await lock.restart();
    await until(async () => (await door()).reachable === true);
    await open();
    await confirmed();
    expect(await lock.view()).toMatchObject({ isPaired: true, actuations: before + 1 });
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
  });

  it('a hub that is killed in mid-opening tells what came of it, does not open twice, and works on', async () => {
    const before = (await lock.view()).actuations;
    await lock.act('set-motor', { ms: 1_500 });
    await open();
    await settled(system.url, owner.token, lockId, 'accepted');
    await hub.kill();
    await until(async () => (await lock.view()).bolt === 'UNLOCKED');
    await hub.restart();
    // In time for the cloud or too late for it: either way it is told that the bolt went open.
    await until(async () => {
      const { opening } = await door();
      return opening.status === 'confirmed' || opening.lateReport === true;
    });
    expect((await lock.view()).actuations).toBe(before + 1);
    await lock.act('set-motor', { ms: 0 });
    await until(async () => (await door()).reachable === true);
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    await open();
    await confirmed();
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
  });

  it('a command that comes a second time is answered from the journal', async () => {
    const before = (await lock.view()).actuations;
    const thing = await thingOfLock();
    const now = Date.now();
    const first = { id: randomUUID(), type: 'unlock', issuedAt: now, expiresAt: now + 30_000, pin: null };
    const said = (id: string) => until(async () => (await reported(thing)).reported?.command?.id === id);
    await cloud.update(thing, { desired: { command: first } }, randomUUID(), 2_000);
    await said(first.id);
    await until(async () => (await reported(thing)).reported?.command?.state === 'succeeded');
    expect(await command('lock')).toMatchObject({ state: 'succeeded' });
    await cloud.update(thing, { desired: { command: first } }, randomUUID(), 2_000);
    await said(first.id);
    expect(await lock.view()).toMatchObject({ bolt: 'LOCKED', actuations: before + 1 });
  });
});

describe('removal', () => {
  it('is refused while the lock is silent, done anyway when it is forced, and the lock can be paired anew', async () => {
    const thing = await thingOfLock();
    await lock.act('reset');
    await open();
    expect(await settled(system.url, owner.token, lockId, 'failed')).toMatchObject({
      error: 'LOCK_UNREACHABLE',
    });
    await until(async () => (await door()).reachable === false);
    expect(await tell('remove_lock', { lockId: thing })).toMatchObject({
      state: 'failed',
      error: 'LOCK_UNREACHABLE',
    });
    expect(await tell('remove_lock', { lockId: thing, force: true })).toMatchObject({ state: 'succeeded' });
    const attempt = await pair((await lock.view()).manualCode);
    expect(attempt).toMatchObject({ status: 'succeeded' });
    expect(attempt.lockId).not.toBe(lockId);
    lockId = attempt.lockId;
    await open();
    await confirmed();
  }, 60_000);

  it('takes the lock off the fabric', async () => {
    expect(await tell('remove_lock', { lockId: await thingOfLock() })).toMatchObject({ state: 'succeeded' });
    await until(async () => (await lock.view()).isPaired === false);
    expect(await tell('remove_lock', { lockId: 'lock-nobody' })).toMatchObject({ error: 'UNKNOWN_LOCK' });
  });
});
