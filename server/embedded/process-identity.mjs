import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const isLinux = process.platform === 'linux';

/**
 * State letter and start time of a process from /proc; the name between brackets may itself hold brackets.
 * @param {number} pid
 * @returns {{ state: string, parent: number, threads: number, startedAt: string } | undefined}
 */
function procStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      state: fields[0] ?? '',
      parent: Number(fields[1]),
      threads: Number(fields[17]),
      startedAt: fields[19] ?? '',
    };
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {string} column
 */
function ps(pid, column) {
  try {
    return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

/**
 * Whether a process runs; one that has ended and only waits to be collected does not.
 * @param {number} pid
 * @returns {boolean}
 */
export function isAlive(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  if (!isLinux) return true;
  const stat = procStat(pid);
  if (stat === undefined || stat.state === 'X') return false;
  // The first thread may have ended before the others, which still hold the files and ports.
  return stat.state !== 'Z' || stat.threads > 1;
}

/**
 * Text that tells a process from a later one of the same number; empty when it cannot be known.
 * @param {number} pid
 * @returns {string}
 */
export function startMark(pid) {
  if (!isLinux) return ps(pid, 'lstart');
  const startedAt = procStat(pid)?.startedAt;
  if (startedAt === undefined) return '';
  try {
    // Ticks since boot alone would agree by chance after a restart of the machine.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${startedAt}`;
  } catch {
    return startedAt;
  }
}

/**
 * Number of a process's parent; undefined where it cannot be known.
 * @param {number} pid
 * @returns {number | undefined}
 */
export function parentOf(pid) {
  if (isLinux) return procStat(pid)?.parent;
  const text = ps(pid, 'ppid');
  return text === '' ? undefined : Number(text);
}

/**
 * Command line of a process, empty when it has none or may not be read.
 * @param {number} pid
 * @returns {string}
 */
export function commandOf(pid) {
  if (!isLinux) return ps(pid, 'command');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/**
 * Folder a process stands in; undefined where the system does not tell.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function workingFolderOf(pid) {
  if (!isLinux) return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/**
 * Processes that stand in a folder, by number; empty where the system does not tell.
 * @param {string} folder absolute and without symbolic links
 * @returns {number[]}
 */
export function processesIn(folder) {
  if (!isLinux) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingFolderOf(pid) === folder && isAlive(pid));
}

/**
 * Waits until a process that need not be our child has ended.
 * @param {number} pid
 * @param {number} timeoutMs
 * @returns {Promise<boolean>} false when it still ran at the end
 */
export async function waitUntilGone(pid, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}
