import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, startMark } from './process-identity.mjs';

/** @typedef {{ pid: number, mark: string, purpose: string }} LockHolder */

/** Raised when a running process holds the lock. */
export class LockedError extends Error {
  /**
   * @param {string} file
   * @param {LockHolder} holder
   */
  constructor(file, holder) {
    super(`${file} is held by process ${holder.pid} (${holder.purpose})`);
    this.name = 'LockedError';
    this.holder = holder;
  }
}

/**
 * @param {string} file
 * @returns {LockHolder | undefined}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {LockHolder} holder */
function isHeld(holder) {
  if (!isAlive(holder.pid)) return false;
  const mark = startMark(holder.pid);
  return mark === '' || holder.mark === '' || mark === holder.mark;
}

/**
 * The process that holds a lock, when it still runs.
 * @param {string} file
 * @returns {LockHolder | undefined}
 */
export function lockHolder(file) {
  const holder = read(file);
  return holder !== undefined && isHeld(holder) ? holder : undefined;
}

/**
 * Takes a lock away from a process that has ended. Moving it first makes two who try at once harmless: the one that
 * moved a fresh lock by mistake puts it back.
 * @param {string} file
 */
function removeStale(file) {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (lockHolder(aside) !== undefined) {
    try {
      linkSync(aside, file);
    } catch {}
  }
  rmSync(aside, { force: true });
}

/**
 * Takes a lock that only one running process can hold. A lock whose process has ended counts as free.
 * @param {string} file
 * @param {object} options
 * @param {string} options.purpose words for the message that another process prints
 * @param {(holder: LockHolder) => number} [options.waitMs] how long to wait for that holder; 0 when absent
 * @param {(holder: LockHolder) => void} [options.onWait] called once, before waiting
 * @returns {Promise<{ release: () => void, rename: (purpose: string) => void }>} rename: says something else to others
 * @throws {LockedError}
 */
export async function takeLock(file, { purpose, waitMs = () => 0, onWait = () => {} }) {
  mkdirSync(path.dirname(file), { recursive: true });
  const holderAs = (/** @type {string} */ words) =>
    JSON.stringify({ pid: process.pid, mark: startMark(process.pid), purpose: words });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const startedAt = Date.now();
  let hasWaited = false;
  for (;;) {
    writeFileSync(draft, holderAs(purpose), { mode: 0o644 });
    try {
      // A link appears with its content or not at all.
      linkSync(draft, file);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const holder = lockHolder(file);
    if (holder === undefined) {
      removeStale(file);
      continue;
    }
    if (Date.now() - startedAt >= waitMs(holder)) throw new LockedError(file, holder);
    if (!hasWaited) onWait(holder);
    hasWaited = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const release = () => {
    process.off('exit', release);
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  process.on('exit', release);
  const rename = (/** @type {string} */ words) => {
    if (read(file)?.pid !== process.pid) return;
    writeFileSync(draft, holderAs(words), { mode: 0o644 });
    renameSync(draft, file);
  };
  return { release, rename };
}
