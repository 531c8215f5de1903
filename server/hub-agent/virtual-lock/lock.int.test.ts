import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeLog } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import type { VirtualLock, VirtualLockSettings } from './face';
import { startVirtualLock } from './lock';
import { playShadow, type ShadowByHand } from './shadow-by-hand';

const thing = 'lock-0b2f9a5e-0000-4000-8000-000000000001';
let shadow: ShadowByHand;
let folder: string;
let locks: VirtualLock[] = [];

beforeEach(async () => {
  shadow = await playShadow();
  folder = await mkdtemp(path.join(tmpdir(), 'virtual-lock-'));
});
afterEach(async () => {
  await Promise.all(locks.map((lock) => lock.stop()));
  locks = [];
  await shadow.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(settings: Partial<VirtualLockSettings> = {}): Promise<VirtualLock> {
  const log = makeLog('test', 'silent');
  const lock = await startVirtualLock({
    url: shadow.url,
    thing,
    password: 'secret',
    boltMs: 0,
    log,
    ...settings,
  });
  locks.push(lock);
  await lock.ready();
  return lock;
}

const until = (lock: VirtualLock, fits: () => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!fits()) return;
      off();
      resolve();
    };
    const off = lock.on('changed', look);
    look();
  });

const command = (id: string, lifeMs = 8_000, type = 'unlock'): JsonObject => ({
  command: { id, type, issuedAt: shadow.now(), expiresAt: shadow.now() + lifeMs },
});
const says = (id: string, state: string) => (reported: JsonObject) => {
  const said = reported.command as JsonObject | undefined;
  return said?.id === id && said.state === state;
};
const statesOf = (id: string) =>
  shadow.reports
    .map(({ reported }) => reported.command as JsonObject | undefined)
    .filter((said) => said?.id === id)
    .map((said) => said?.state);

describe('a virtual lock', () => {
  it('logs in as its thing and makes its shadow by a first report', async () => {
    await start();
    const reported = await shadow.report((one) => one.lockState === 'LOCKED');
    expect(shadow.logins).toEqual([`${thing} / ${thing}`]);
    expect(reported).toMatchObject({
      doorState: 'CLOSED',
      battery: { percent: 90, level: 'ok' },
      reachable: true,
    });
    expect(reported).not.toHaveProperty('command');
  });

  it('opens: accepted at once, then succeeded with the bolt open', async () => {
    const lock = await start({ boltMs: 20 });
    await shadow.desire(thing, command('a'));
    const accepted = await shadow.report(says('a', 'accepted'));
    expect(accepted.lockState).toBe('LOCKED');
    const done = await shadow.report(says('a', 'succeeded'));
    expect(done).toMatchObject({
      lockState: 'UNLOCKED',
      lastOperation: { type: 'unlock', source: 'remote' },
    });
    expect(statesOf('a')).toEqual(['accepted', 'succeeded']);
    expect(lock.actuations).toBe(1);
  });

  it('without a motor time says it all in one report, to unbolt and lock as well', async () => {
    const lock = await start();
    await shadow.desire(thing, command('a', 8_000, 'unbolt'));
    expect((await shadow.report(says('a', 'succeeded'))).lockState).toBe('UNLOCKED');
    await shadow.desire(thing, command('b', 8_000, 'lock'));
    expect((await shadow.report(says('b', 'succeeded'))).lockState).toBe('LOCKED');
    expect([statesOf('a'), statesOf('b')]).toEqual([['succeeded'], ['succeeded']]);
    expect(lock.actuations).toBe(1);
  });

  it('never moves for a desired state, or for what is no command', async () => {
    const lock = await start();
    await shadow.desire(thing, { lockState: 'UNLOCKED' });
    await shadow.desire(thing, { command: { type: 'unlock', expiresAt: shadow.now() + 8_000 } });
    await shadow.desire(thing, command('a', 8_000, 'explode'));
    await shadow.report(says('a', 'failed'));
    await shadow.desire(thing, { command: { id: 'b', type: 'unlock', expiresAt: null } });
    await shadow.report(says('b', 'failed'));
    expect(lock.snapshot).toMatchObject({ lockState: 'LOCKED', actuations: 0 });
  });

  it('locks by itself, but not into an open door', async () => {
    const lock = await start({ autoLockMs: 5 });
    await shadow.desire(thing, command('a'));
    const locked = await shadow.report((one) => one.lockState === 'LOCKED', 2);
    expect(locked.lastOperation).toMatchObject({ type: 'lock', source: 'auto' });
    lock.control.setDoor('OPEN');
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    const seen = shadow.reports.length;
    lock.control.setDoor('CLOSED');
    expect((await shadow.report((one) => one.lockState === 'LOCKED', seen)).doorState).toBe('CLOSED');
  });
});

describe('an expired command', () => {
  it('never fires', async () => {
    const lock = await start();
    await shadow.desire(thing, command('a', -1));
    expect((await shadow.report(says('a', 'expired'))).lockState).toBe('LOCKED');
    expect(lock.actuations).toBe(0);
  });

  it.each([
    ['behind', -3_600_000],
    ['ahead', 3_600_000],
  ])('is judged by the time of the service when our clock is an hour %s', async (_name, offMs) => {
    const clock = { wallMs: () => Date.now() + offMs, steadyMs: () => performance.now() };
    const lock = await start({ clock });
    await shadow.desire(thing, command('dead', -2_000));
    await shadow.report(says('dead', 'expired'));
    await shadow.desire(thing, command('alive'));
    await shadow.report(says('alive', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });

  it('does not fire when it ran out while the motor was busy', async () => {
    let aheadMs = 0;
    const clock = { wallMs: () => Date.now() + aheadMs, steadyMs: () => performance.now() + aheadMs };
    const lock = await start({ boltMs: 150, clock });
    await shadow.desire(thing, command('a'));
    await shadow.report(says('a', 'accepted'));
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'accepted'));
    aheadMs = 8_001;
    await shadow.report(says('b', 'expired'));
    expect(statesOf('a').at(-1)).toBe('succeeded');
    expect(lock.actuations).toBe(1);
  });

  it('does not fire when the lock comes back after it ran out', async () => {
    const lock = await start();
    await lock.control.goAway();
    await shadow.desire(thing, command('a', -1));
    lock.control.comeBack();
    await shadow.report(says('a', 'expired'));
    expect(lock.actuations).toBe(0);
  });

  it('waits for the time to be known after our clock jumped, then is judged', async () => {
    let aheadMs = 0;
    const clock = { wallMs: () => Date.now() + aheadMs, steadyMs: () => performance.now() };
    const lock = await start({ clock });
    aheadMs = 60_000;
    await shadow.desire(thing, command('a'));
    await shadow.report(says('a', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });
});

describe('one command id', () => {
  it('moves the bolt once, however often it is delivered', async () => {
    const lock = await start({ boltMs: 10 });
    const wanted = command('a');
    for (let count = 0; count < 10; count += 1) await shadow.sendDelta(thing, wanted);
    await shadow.report(says('a', 'succeeded'));
    for (let count = 0; count < 10; count += 1) await shadow.sendDelta(thing, wanted);
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    expect(statesOf('a')).toEqual(['accepted', 'succeeded']);
    expect(lock.actuations).toBe(2);
  });

  it('is answered again, not run again, when it comes after others', async () => {
    const lock = await start();
    const first = command('a');
    await shadow.desire(thing, first);
    await shadow.report(says('a', 'succeeded'));
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    const seen = shadow.reports.length;
    await shadow.sendDelta(thing, first, shadow.version(thing));
    await shadow.report(says('a', 'succeeded'), seen);
    expect(lock.actuations).toBe(2);
  });

  it('is left alone in a difference older than what was heard already', async () => {
    const lock = await start();
    const before = shadow.version(thing);
    await shadow.desire(thing, command('a'));
    await shadow.report(says('a', 'succeeded'));
    await shadow.sendDelta(thing, command('withdrawn'), before);
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    expect(statesOf('withdrawn')).toEqual([]);
    expect(lock.actuations).toBe(2);
  });

  it('moves the bolt once across a restart, though the shadow lost the answer', async () => {
    const stateFile = path.join(folder, 'lock.json');
    const first = await start({ stateFile });
    await shadow.desire(thing, command('a', 60_000));
    await shadow.report(says('a', 'succeeded'));
    await first.stop();
    shadow.forget(thing, 'command', 'lockState');
    const seen = shadow.reports.length;
    const second = await start({ stateFile });
    expect(await shadow.report(says('a', 'succeeded'), seen)).toMatchObject({ lockState: 'UNLOCKED' });
    await shadow.sendDelta(thing, command('a', 60_000));
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    expect(second.actuations).toBe(2);
  });

  it('is given up when the process was killed before the bolt arrived', async () => {
    const stateFile = path.join(folder, 'lock.json');
    const settings = JSON.stringify({
      url: shadow.url,
      thing,
      password: 'secret',
      boltMs: 60_000,
      stateFile,
    });
    const program = `
      import { startVirtualLock } from ${JSON.stringify(path.resolve('server/hub-agent/virtual-lock/lock.ts'))};
      import { makeLog } from ${JSON.stringify(path.resolve('server/config/log.ts'))};
      await startVirtualLock({ ...${settings}, log: makeLog('test', 'silent') });`;
    const file = path.join(folder, 'program.mts');
    await writeFile(file, program);
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
      stdio: 'inherit',
    });
    await shadow.report((one) => one.lockState === 'LOCKED');
    await shadow.desire(thing, command('a', 60_000));
    await shadow.report(says('a', 'accepted'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    shadow.forget(thing, 'command');
    const lock = await start({ stateFile });
    const given = await shadow.report(says('a', 'failed'));
    expect(given).toMatchObject({ lockState: 'LOCKED', command: { error: 'LOCK_RESTARTED' } });
    expect(lock.actuations).toBe(0);
  });

  it('is not run by a lock that cannot write its journal', async () => {
    const lock = await start({ stateFile: path.join(folder, 'gone', 'lock.json') });
    await shadow.desire(thing, command('a'));
    expect(await shadow.report(says('a', 'failed'))).toMatchObject({ command: { error: 'STORAGE_FAILED' } });
    expect(lock.actuations).toBe(0);
  });

  it('is not run by a lock whose memory is damaged', async () => {
    const stateFile = path.join(folder, 'lock.json');
    await writeFile(stateFile, '{"lockState":"LOC');
    await expect(start({ stateFile })).rejects.toThrow();
  });
});

describe('a lock that misbehaves', () => {
  it('jams, says so, and works again when freed', async () => {
    const lock = await start();
    lock.control.jam();
    await shadow.desire(thing, command('a'));
    const jammed = await shadow.report(says('a', 'failed'));
    expect(jammed).toMatchObject({ lockState: 'JAMMED', alarm: 'LOCK_JAMMED', command: { error: 'JAMMED' } });
    expect(lock.actuations).toBe(0);
    lock.control.free();
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    expect(shadow.reported(thing).alarm).toBeUndefined();
  });

  it('answers late: the bolt is open before anyone hears of it', async () => {
    const lock = await start();
    await shadow.report((one) => one.lockState === 'LOCKED');
    const seen = shadow.reports.length;
    lock.control.answerLate(600_000);
    await shadow.desire(thing, command('a'));
    await until(lock, () => lock.actuations === 1 && !lock.snapshot.isMoving);
    lock.control.turnByHand('LOCKED');
    await until(lock, () => lock.snapshot.lockState === 'LOCKED' && !lock.snapshot.isMoving);
    expect(shadow.reports).toHaveLength(seen);
    lock.control.behaveNormally();
    await shadow.report((one) => one.lockState === 'LOCKED', seen);
    expect(shadow.reports.slice(seen).map(({ reported }) => reported.lockState)).toEqual([
      'UNLOCKED',
      'LOCKED',
    ]);
  });

  it('answers two times and moves once', async () => {
    const lock = await start({ boltMs: 10 });
    lock.control.answerTwice();
    await shadow.desire(thing, command('a'));
    await shadow.report(says('a', 'succeeded'));
    lock.control.behaveNormally();
    await shadow.desire(thing, command('b'));
    await shadow.report(says('b', 'succeeded'));
    expect(statesOf('a')).toEqual(['accepted', 'accepted', 'succeeded', 'succeeded']);
    expect(statesOf('b')).toEqual(['accepted', 'succeeded']);
    expect(lock.actuations).toBe(2);
  });

  it('goes away, and runs what is still alive when it comes back', async () => {
    const lock = await start();
    await lock.control.goAway();
    await shadow.deserted();
    expect(lock.snapshot).toMatchObject({ isConnected: false, isAway: true });
    await shadow.desire(thing, command('a', 60_000));
    lock.control.turnByHand('UNLOCKED');
    lock.control.comeBack();
    await shadow.report(says('a', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });

  it('tells of hands, battery and door', async () => {
    const lock = await start();
    lock.control.turnByHand('UNLOCKED');
    const turned = await shadow.report((one) => one.lockState === 'UNLOCKED');
    expect(turned.lastOperation).toMatchObject({ type: 'unlock', source: 'manual' });
    lock.control.setBattery(7);
    lock.control.setDoor('AJAR');
    const last = await shadow.report((one) => one.doorState === 'AJAR');
    expect(last.battery).toEqual({ percent: 7, level: 'critical' });
    expect(lock.actuations).toBe(0);
  });
});

describe('when the line breaks', () => {
  it('a result that nobody heard is told after the reconnect', async () => {
    const lock = await start({ boltMs: 30 });
    await shadow.desire(thing, command('a'));
    await shadow.report(says('a', 'accepted'));
    shadow.cut();
    await until(lock, () => lock.actuations === 1);
    await shadow.report(says('a', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });

  it('a report that the service never answered is sent again', async () => {
    const lock = await start({ answerMs: 30 });
    shadow.isAnswering = false;
    await shadow.desire(thing, command('a'));
    await shadow.report(says('a', 'succeeded'));
    const seen = shadow.reports.length;
    shadow.isAnswering = true;
    await shadow.report(says('a', 'succeeded'), seen);
    expect(shadow.reported(thing).lockState).toBe('UNLOCKED');
    expect(lock.actuations).toBe(1);
  });

  it('thirty commands, each delivered five times and between cuts, open thirty times at most', async () => {
    const lock = await start();
    const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
    for (const [index, id] of ids.entries()) {
      const wanted = command(id, 60_000);
      await shadow.desire(thing, wanted);
      for (let count = 0; count < 4; count += 1) await shadow.sendDelta(thing, wanted);
      if (index % 10 === 9) {
        shadow.cut();
        await shadow.report(says(id, 'succeeded'));
      }
    }
    const last = command('last');
    await shadow.desire(thing, last);
    await shadow.report(says('last', 'succeeded'));
    const opened = ids.filter((id) => statesOf(id).includes('succeeded'));
    expect(lock.actuations).toBe(opened.length + 1);
  });
});
