import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LockedError, takeLock } from './lock-file.mjs';
import { startMark } from './process-identity.mjs';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'latchkey-test-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lets one holder in at a time and leaves nothing behind', async () => {
  const lock = await takeLock(file, { purpose: 'first' });
  await expect(takeLock(file, { purpose: 'second' })).rejects.toBeInstanceOf(LockedError);
  await expect(takeLock(file, { purpose: 'second' })).rejects.toMatchObject({
    holder: { pid: process.pid, purpose: 'first' },
  });
  lock.release();
  (await takeLock(file, { purpose: 'second' })).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('takes over from a process that has ended, from another program with its number, and from a broken file', async () => {
  const { pid } = spawnSync('true');
  const stale = [
    JSON.stringify({ pid, mark: startMark(process.pid), purpose: 'ended' }),
    JSON.stringify({ pid: process.pid, mark: 'of an earlier process', purpose: 'number used again' }),
    '{"pid":',
  ];
  for (const content of stale) {
    writeFileSync(file, content);
    (await takeLock(file, { purpose: 'next' })).release();
    expect(existsSync(file)).toBe(false);
  }
});

it('waits for its turn when it is allowed to, and says so once', async () => {
  const lock = await takeLock(file, { purpose: 'first' });
  const waits: string[] = [];
  const second = takeLock(file, {
    purpose: 'second',
    waitMs: () => 20_000,
    onWait: ({ purpose }) => {
      waits.push(purpose);
      lock.release();
    },
  });
  (await second).release();
  expect(waits).toEqual(['first']);
});

it('is won by one of many that find a stale lock at once', async () => {
  writeFileSync(file, JSON.stringify({ pid: spawnSync('true').pid, mark: '', purpose: 'ended' }));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => takeLock(file, { purpose: 'race' })),
  );
  const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(winners).toHaveLength(1);
});
