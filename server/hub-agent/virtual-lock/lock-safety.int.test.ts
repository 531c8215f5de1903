import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { says, shadowForEachTest, thing } from './lock-fixture';

const { shadow, start, command, statesOf, file } = shadowForEachTest();

describe('an expired command', () => {
  it('never fires', async () => {
    const lock = await start();
    await shadow().desire(thing, command('a', -1));
    expect((await shadow().report(says('a', 'expired'))).lockState).toBe('LOCKED');
    expect(lock.actuations).toBe(0);
  });

  it.each([
    ['behind', -3_600_000],
    ['ahead', 3_600_000],
  ])('is judged by the time of the service when our clock is an hour %s', async (_name, offMs) => {
    const clock = { wallMs: () => Date.now() + offMs, steadyMs: () => performance.now() };
    const lock = await start({ clock });
    await shadow().desire(thing, command('dead', -2_000));
    await shadow().report(says('dead', 'expired'));
    await shadow().desire(thing, command('alive'));
    await shadow().report(says('alive', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });

  it('does not fire when it ran out while the motor was busy', async () => {
    let aheadMs = 0;
    const clock = { wallMs: () => Date.now() + aheadMs, steadyMs: () => performance.now() + aheadMs };
    const lock = await start({ boltMs: 2_000, clock });
    await shadow().desire(thing, command('a'));
    await shadow().report(says('a', 'accepted'));
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'accepted'));
    aheadMs = 8_001;
    await shadow().report(says('b', 'expired'));
    expect(statesOf('a').at(-1)).toBe('succeeded');
    expect(lock.actuations).toBe(1);
  });

  it('does not fire when the lock comes back after it ran out', async () => {
    const lock = await start();
    await lock.control.goAway();
    await shadow().desire(thing, command('a', -1));
    lock.control.comeBack();
    await shadow().report(says('a', 'expired'));
    expect(lock.actuations).toBe(0);
  });

  it('waits for the time to be known after our clock jumped, then is judged', async () => {
    let aheadMs = 0;
    const clock = { wallMs: () => Date.now() + aheadMs, steadyMs: () => performance.now() };
    const lock = await start({ clock });
    aheadMs = 60_000;
    await shadow().desire(thing, command('a'));
    await shadow().report(says('a', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });
});

describe('one command id', () => {
  it('moves the bolt once, however often it is delivered', async () => {
    const lock = await start({ boltMs: 10 });
    const wanted = command('a');
    for (let count = 0; count < 10; count += 1) await shadow().sendDelta(thing, wanted);
    await shadow().report(says('a', 'succeeded'));
    for (let count = 0; count < 10; count += 1) await shadow().sendDelta(thing, wanted);
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    expect(statesOf('a')).toEqual(['accepted', 'succeeded']);
    expect(lock.actuations).toBe(2);
  });

  it('is answered again, not run again, when it comes after others', async () => {
    const lock = await start();
    const first = command('a');
    await shadow().desire(thing, first);
    await shadow().report(says('a', 'succeeded'));
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    const seen = shadow().reports.length;
    await shadow().sendDelta(thing, first, shadow().version(thing));
    await shadow().report(says('a', 'succeeded'), seen);
    expect(lock.actuations).toBe(2);
  });

  it('is left alone in a difference older than what was heard already', async () => {
    const lock = await start();
    const before = shadow().version(thing);
    await shadow().desire(thing, command('a'));
    await shadow().report(says('a', 'succeeded'));
    await shadow().sendDelta(thing, command('withdrawn'), before);
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    expect(statesOf('withdrawn')).toEqual([]);
    expect(lock.actuations).toBe(2);
  });

  it('moves the bolt once across a restart, though the shadow lost the answer', async () => {
    const stateFile = file('lock.json');
    const first = await start({ stateFile });
    await shadow().desire(thing, command('a', 60_000));
    await shadow().report(says('a', 'succeeded'));
    await first.stop();
    shadow().forget(thing, 'command', 'lockState');
    const seen = shadow().reports.length;
    const second = await start({ stateFile });
    expect(await shadow().report(says('a', 'succeeded'), seen)).toMatchObject({ lockState: 'UNLOCKED' });
    await shadow().sendDelta(thing, command('a', 60_000));
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    expect(second.actuations).toBe(2);
  });

  it('is given up when the process was killed before the bolt arrived', async () => {
    const stateFile = file('lock.json');
    const settings = JSON.stringify({
      url: shadow().url,
      thing,
      password: 'secret',
      boltMs: 60_000,
      stateFile,
    });
    const program = `
      import { startVirtualLock } from ${JSON.stringify(path.resolve('server/hub-agent/virtual-lock/lock.ts'))};
      import { makeLog } from ${JSON.stringify(path.resolve('server/config/log.ts'))};
      await startVirtualLock({ ...${settings}, log: makeLog('test', 'silent') });`;
    const source = file('program.mts');
    await writeFile(source, program);
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), source], {
      stdio: 'inherit',
    });
    await shadow().report((one) => one.lockState === 'LOCKED');
    await shadow().desire(thing, command('a', 60_000));
    await shadow().report(says('a', 'accepted'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    shadow().forget(thing, 'command');
    const lock = await start({ stateFile });
    const given = await shadow().report(says('a', 'failed'));
    expect(given).toMatchObject({ lockState: 'LOCKED', command: { error: 'LOCK_RESTARTED' } });
    expect(lock.actuations).toBe(0);
  });

  it('is not run by a lock that cannot write its journal', async () => {
    const lock = await start({ stateFile: file('gone', 'lock.json') });
    await shadow().desire(thing, command('a'));
    expect(await shadow().report(says('a', 'failed'))).toMatchObject({
      command: { error: 'STORAGE_FAILED' },
    });
    expect(lock.actuations).toBe(0);
  });

  it('is not run by a lock whose memory is damaged', async () => {
    const stateFile = file('lock.json');
    await writeFile(stateFile, '{"lockState":"LOC');
    await expect(start({ stateFile })).rejects.toThrow();
  });
});
