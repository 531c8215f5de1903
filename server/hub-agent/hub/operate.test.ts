import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type LockNews,
  type LockReading,
  type LockStateName,
  MatterFailure,
  type MatterLock,
} from '../matter/face';
import { operateAndSee } from './operate';
import { playUsers } from './users-fixture';

/** A lock that does as a test says. */
function playLock() {
  let lockState: LockStateName = 'LOCKED';
  const listeners = new Set<(news: LockNews) => void>();
  const reading = (): LockReading => ({ lockState, features: [] });
  const lock: MatterLock = {
    nodeId: '1',
    endpoint: 1,
    identity: { vendorId: 1, productId: 1, name: 'x', deviceType: 10 },
    isReachable: true,
    reading,
    ask: async () => reading(),
    operate: async () => {},
    users: playUsers().users,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    lock,
    is(state: LockStateName) {
      lockState = state;
    },
    tell(news: LockNews) {
      for (const listener of [...listeners]) listener(news);
    },
    listeners,
  };
}
const jam: LockNews = { type: 'alarm', alarm: 'LOCK_JAMMED' };

describe('an operation', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);

  it('has succeeded when the lock shows the bolt where it was wanted', async () => {
    const { lock, is, listeners } = playLock();
    lock.operate = async () => is('UNLOCKED');
    expect(await operateAndSee(lock, 'unlock', { withinMs: 1_000 })).toMatchObject({ state: 'succeeded' });
    expect(listeners.size).toBe(0);
  });

  it('waits for the bolt, whose way takes longer than the answer', async () => {
    const { lock, is, tell } = playLock();
    let isOver = false;
    const outcome = operateAndSee(lock, 'unlock', { withinMs: 1_000 }).finally(() => {
      isOver = true;
    });
    await settle();
    tell({ type: 'changed' });
    await settle();
    expect(isOver).toBe(false);
    is('UNLATCHED');
    tell({ type: 'changed' });
    expect(await outcome).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['before the answer', true],
    ['after it', false],
  ])('has failed when the alarm of a jam comes %s', async (_, isBefore) => {
    const { lock, tell } = playLock();
    if (isBefore) lock.operate = async () => tell(jam);
    const outcome = operateAndSee(lock, 'unlock', { withinMs: 1_000 });
    await settle();
    if (!isBefore) tell(jam);
    expect(await outcome).toMatchObject({ state: 'failed', error: 'JAMMED' });
  });

  it.each<[LockStateName, string]>([
    ['LOCKED', 'NOT_CONFIRMED'],
    ['NOT_FULLY_LOCKED', 'JAMMED'],
  ])('is no success when the bolt is %s after three seconds', async (state, error) => {
    const { lock, is } = playLock();
    is(state);
    const outcome = operateAndSee(lock, 'unlock', { withinMs: 1_000 });
    await settle();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await outcome).toMatchObject({ state: 'failed', error });
  });

  it('is known to the end although no word of the lock came: it is asked', async () => {
    const { lock, is } = playLock();
    const outcome = operateAndSee(lock, 'lock', { withinMs: 1_000 });
    is('UNLOCKED');
    await settle();
    is('LOCKED');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await outcome).toMatchObject({ state: 'succeeded' });
  });

  it('names what the lock did not want, and what it never heard', async () => {
    const { lock } = playLock();
    for (const code of ['PIN_REJECTED', 'LOCK_UNREACHABLE']) {
      lock.operate = async () => {
        throw new MatterFailure(code);
      };
      expect(await operateAndSee(lock, 'unlock', { withinMs: 1_000 })).toEqual({
        state: 'failed',
        error: code,
      });
    }
  });

  it('of a lock that falls silent after its yes is of unknown end', async () => {
    const { lock } = playLock();
    lock.ask = async () => {
      throw new MatterFailure('LOCK_UNREACHABLE');
    };
    const outcome = operateAndSee(lock, 'unlock', { withinMs: 1_000 });
    await settle();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await outcome).toMatchObject({ state: 'failed', error: 'LOCK_RESTARTED' });
  });
});
