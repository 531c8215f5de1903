import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAlive, startMark, waitUntilGone } from '../embedded/process-identity.mjs';

/** A process of a system, told apart from a later one with its number. */
interface Entry {
  target: string;
  pid: number;
  mark: string;
}

const patienceMs = 3_000;
const fileIn = (dataDir: string) => path.join(dataDir, 'processes.json');

/** Keeps the list of running children, for the next start should this process be killed. */
export function recordProcesses(
  dataDir: string,
  children: readonly { target: string; pid: number | undefined }[],
): void {
  const entries: Entry[] = children.flatMap(({ target, pid }) =>
    pid === undefined ? [] : [{ target, pid, mark: startMark(pid) }],
  );
  const draft = `${fileIn(dataDir)}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(entries, null, 2));
    renameSync(draft, fileIn(dataDir));
  } catch {
    // A full disk must not end a system that runs.
  }
}

/** Forgets the list: everything has ended in order. */
export function forgetProcesses(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/**
 * Waits for the children of a supervisor that was killed: they end by themselves, and those that do not are ended, for
 * they hold the ports.
 */
export async function endLeftoverProcesses(dataDir: string, say: (line: string) => void): Promise<void> {
  let entries: Entry[];
  try {
    entries = JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Entry[];
  } catch {
    return;
  }
  const left = entries.filter(({ pid, mark }) => isAlive(pid) && startMark(pid) === mark);
  if (left.length > 0) say('waiting for the processes of a start that was killed …');
  await Promise.all(
    left.map(async ({ target, pid, mark }) => {
      if ((await waitUntilGone(pid, patienceMs)) || startMark(pid) !== mark) return;
      say(`ending ${target} (process ${pid})`);
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {}
      await waitUntilGone(pid, patienceMs);
    }),
  );
  forgetProcesses(dataDir);
}
