import { describe, expect, it } from 'vitest';
import { says, shadowForEachTest, thing, until } from './lock-fixture';

const { shadow, start, command, statesOf } = shadowForEachTest();

describe('a virtual lock', () => {
  it('logs in as its thing and makes its shadow by a first report', async () => {
    await start();
    const reported = await shadow().report((one) => one.lockState === 'LOCKED');
    expect(shadow().logins).toEqual([`${thing} / ${thing}`]);
    expect(reported).toMatchObject({
      doorState: 'CLOSED',
      battery: { percent: 90, level: 'ok' },
      reachable: true,
    });
    expect(reported).not.toHaveProperty('command');
  });

  it('opens: accepted at once, then succeeded with the bolt open', async () => {
    const lock = await start({ boltMs: 20 });
    await shadow().desire(thing, command('a'));
    const accepted = await shadow().report(says('a', 'accepted'));
    expect(accepted.lockState).toBe('LOCKED');
    const done = await shadow().report(says('a', 'succeeded'));
    expect(done).toMatchObject({
      lockState: 'UNLOCKED',
      lastOperation: { type: 'unlock', source: 'remote' },
    });
    expect(statesOf('a')).toEqual(['accepted', 'succeeded']);
    expect(lock.actuations).toBe(1);
  });

  it('without a motor time says it all in one report, to unbolt and lock as well', async () => {
    const lock = await start();
    await shadow().desire(thing, command('a', 8_000, 'unbolt'));
    expect((await shadow().report(says('a', 'succeeded'))).lockState).toBe('UNLOCKED');
    await shadow().desire(thing, command('b', 8_000, 'lock'));
    expect((await shadow().report(says('b', 'succeeded'))).lockState).toBe('LOCKED');
    expect([statesOf('a'), statesOf('b')]).toEqual([['succeeded'], ['succeeded']]);
    expect(lock.actuations).toBe(1);
  });

  it('never moves for a desired state, or for what is no command', async () => {
    const lock = await start();
    await shadow().desire(thing, { lockState: 'UNLOCKED' });
    await shadow().desire(thing, { command: { type: 'unlock', expiresAt: shadow().now() + 8_000 } });
    await shadow().desire(thing, command('a', 8_000, 'explode'));
    await shadow().report(says('a', 'failed'));
    await shadow().desire(thing, { command: { id: 'b', type: 'unlock', expiresAt: null } });
    await shadow().report(says('b', 'failed'));
    expect(lock.snapshot).toMatchObject({ lockState: 'LOCKED', actuations: 0 });
  });

  it('locks by itself, but not into an open door', async () => {
    const lock = await start({ autoLockMs: 5 });
    await shadow().desire(thing, command('a'));
    const locked = await shadow().report((one) => one.lockState === 'LOCKED', 2);
    expect(locked.lastOperation).toMatchObject({ type: 'lock', source: 'auto' });
    lock.control.setDoor('OPEN');
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    const seen = shadow().reports.length;
    lock.control.setDoor('CLOSED');
    expect((await shadow().report((one) => one.lockState === 'LOCKED', seen)).doorState).toBe('CLOSED');
  });
});

describe('a lock that misbehaves', () => {
  it('jams, says so, and works again when freed', async () => {
    const lock = await start();
    lock.control.jam();
    await shadow().desire(thing, command('a'));
    const jammed = await shadow().report(says('a', 'failed'));
    expect(jammed).toMatchObject({ lockState: 'JAMMED', alarm: 'LOCK_JAMMED', command: { error: 'JAMMED' } });
    expect(lock.actuations).toBe(0);
    lock.control.free();
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    expect(shadow().reported(thing).alarm).toBeUndefined();
  });

  it('answers late: the bolt is open before anyone hears of it', async () => {
    const lock = await start();
    await shadow().report((one) => one.lockState === 'LOCKED');
    const seen = shadow().reports.length;
    lock.control.answerLate(600_000);
    await shadow().desire(thing, command('a'));
    await until(lock, () => lock.actuations === 1 && !lock.snapshot.isMoving);
    lock.control.turnByHand('LOCKED');
    await until(lock, () => lock.snapshot.lockState === 'LOCKED' && !lock.snapshot.isMoving);
    expect(shadow().reports).toHaveLength(seen);
    lock.control.behaveNormally();
    await shadow().report((one) => one.lockState === 'LOCKED', seen);
    expect(
      shadow()
        .reports.slice(seen)
        .map(({ reported }) => reported.lockState),
    ).toEqual(['UNLOCKED', 'LOCKED']);
  });

  it('answers two times and moves once', async () => {
    const lock = await start({ boltMs: 10 });
    lock.control.answerTwice();
    await shadow().desire(thing, command('a'));
    await shadow().report(says('a', 'succeeded'));
    lock.control.behaveNormally();
    await shadow().desire(thing, command('b'));
    await shadow().report(says('b', 'succeeded'));
    expect(statesOf('a')).toEqual(['accepted', 'accepted', 'succeeded', 'succeeded']);
    expect(statesOf('b')).toEqual(['accepted', 'succeeded']);
    expect(lock.actuations).toBe(2);
  });

  it('goes away, and runs what is still alive when it comes back', async () => {
    const lock = await start();
    await lock.control.goAway();
    await shadow().deserted();
    expect(lock.snapshot).toMatchObject({ isConnected: false, isAway: true });
    await shadow().desire(thing, command('a', 60_000));
    lock.control.turnByHand('UNLOCKED');
    lock.control.comeBack();
    await shadow().report(says('a', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });

  it('tells of hands, battery and door', async () => {
    const lock = await start();
    lock.control.turnByHand('UNLOCKED');
    const turned = await shadow().report((one) => one.lockState === 'UNLOCKED');
    expect(turned.lastOperation).toMatchObject({ type: 'unlock', source: 'manual' });
    lock.control.setBattery(7);
    lock.control.setDoor('AJAR');
    const last = await shadow().report((one) => one.doorState === 'AJAR');
    expect(last.battery).toEqual({ percent: 7, level: 'critical' });
    expect(lock.actuations).toBe(0);
  });
});

describe('when the line breaks', () => {
  it('a result that nobody heard is told after the reconnect', async () => {
    const lock = await start({ boltMs: 30 });
    await shadow().desire(thing, command('a'));
    await shadow().report(says('a', 'accepted'));
    shadow().cut();
    await until(lock, () => lock.actuations === 1);
    await shadow().report(says('a', 'succeeded'));
    expect(lock.actuations).toBe(1);
  });

  it('a report that the service never answered is sent again', async () => {
    const lock = await start({ answerMs: 30 });
    shadow().isAnswering = false;
    await shadow().desire(thing, command('a'));
    await shadow().report(says('a', 'succeeded'));
    const seen = shadow().reports.length;
    shadow().isAnswering = true;
    await shadow().report(says('a', 'succeeded'), seen);
    expect(shadow().reported(thing).lockState).toBe('UNLOCKED');
    expect(lock.actuations).toBe(1);
  });

  it('thirty commands, each delivered five times and between cuts, open thirty times at most', async () => {
    const lock = await start();
    const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
    for (const [index, id] of ids.entries()) {
      const wanted = command(id, 60_000);
      await shadow().desire(thing, wanted);
      for (let count = 0; count < 4; count += 1) await shadow().sendDelta(thing, wanted);
      if (index % 10 === 9) {
        shadow().cut();
        await shadow().report(says(id, 'succeeded'));
      }
    }
    const last = command('last');
    await shadow().desire(thing, last);
    await shadow().report(says('last', 'succeeded'));
    const opened = ids.filter((id) => statesOf(id).includes('succeeded'));
    expect(lock.actuations).toBe(opened.length + 1);
  });
});
