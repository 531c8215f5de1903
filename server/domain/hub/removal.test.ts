import { describe, expect, it } from 'vitest';
import { nextRemoval, type Removal, settleRemoval } from './removal';

const now = new Date(1_000_000);
const last: Removal = { id: 'r', thing: 'lock-b', isForced: false, failures: 0, dueAt: now.getTime() };
const next = (more: Partial<Removal>, ...things: string[]) => nextRemoval({ ...last, ...more }, things, now);

describe('what a hub is told to give up', () => {
  it('is one lock at a time, each in its turn', () => {
    expect(nextRemoval(undefined, [], now)).toBeUndefined();
    expect(nextRemoval(undefined, ['lock-c', 'lock-a'], now)?.thing).toBe('lock-a');
    expect(next({}, 'lock-a', 'lock-b', 'lock-c')?.thing).toBe('lock-c');
    expect(next({}, 'lock-a', 'lock-b')?.thing).toBe('lock-a');
    expect(next({ dueAt: now.getTime() + 1 }, 'lock-a')).toBeUndefined();
  });

  it('is to be forgotten where it did not answer, and only while it is still there', () => {
    expect(next({ isForced: true }, 'lock-a', 'lock-b')).toMatchObject({ thing: 'lock-b', isForced: true });
    expect(next({ isForced: true }, 'lock-a')).toMatchObject({ thing: 'lock-a', isForced: false });
  });
});

describe('what a hub says of it', () => {
  it.each([
    ['accepted', undefined, undefined],
    ['succeeded', undefined, { isForced: false, failures: 0, dueAt: now.getTime() }],
    ['failed', 'UNKNOWN_LOCK', { isForced: false, failures: 0, dueAt: now.getTime() }],
    ['failed', 'LOCK_UNREACHABLE', { isForced: true, failures: 2, dueAt: now.getTime() }],
    ['failed', 'STORAGE_FAILED', { isForced: false, failures: 3, dueAt: now.getTime() + 120_000 }],
    ['expired', undefined, { isForced: false, failures: 3, dueAt: now.getTime() + 120_000 }],
  ] as const)('%s %s', (state, error, expected) => {
    const report = { id: 'r', state, ...(error === undefined ? {} : { error }) };
    const settled = settleRemoval({ ...last, failures: 2 }, report, now);
    if (expected === undefined) expect(settled).toBeUndefined();
    else expect(settled).toMatchObject(expected);
  });

  it('counts once, however often it is said', () => {
    for (const error of ['LOCK_UNREACHABLE', 'STORAGE_FAILED']) {
      const report = { id: 'r', state: 'failed', error } as const;
      const settled = settleRemoval(last, report, now);
      expect(settled && settleRemoval(settled, report, new Date(now.getTime() + 5_000))).toEqual(settled);
    }
  });

  it('of another command means nothing, and what fails forced is not forced again at once', () => {
    expect(settleRemoval(last, { id: 'other', state: 'succeeded' }, now)).toBeUndefined();
    const settled = settleRemoval(
      { ...last, isForced: true },
      { id: 'r', state: 'failed', error: 'LOCK_UNREACHABLE' },
      now,
    );
    expect(settled).toMatchObject({ isForced: false, failures: 1, dueAt: now.getTime() + 30_000 });
  });
});
