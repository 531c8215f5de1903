import { readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { commandOf, isAlive, processesIn, waitUntilGone, workingFolderOf } from './process-identity.mjs';

/** A server that runs on a cluster. */
export interface RunningServer {
  pid: number;
  port: number;
}

const fastStopMs = 10_000;
const immediateStopMs = 6_000;

/** Whether the process is a server on this very cluster, and not a program that got its number later. */
function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  const folder = workingFolderOf(pid);
  if (folder !== undefined) return folder === cluster;
  return commandOf(pid).includes('postgres') && commandOf(pid).includes(cluster);
}

/**
 * Finds the server that runs on a cluster. Its pid file counts only when process, folder and port agree; a file that
 * nobody stands behind is removed, because the next server would refuse to start when any program has its number.
 */
export async function findServer(clusterFolder: string): Promise<RunningServer | undefined> {
  const cluster = await realpath(clusterFolder);
  const file = path.join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, folder, , port] = text.split('\n');
  if (isServerOf(Number(pid), cluster) && (folder === undefined || folder === '' || folder === cluster)) {
    return { pid: Number(pid), port: Number(port) };
  }
  await rm(file, { force: true });
  return undefined;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Stops a server: sessions are cut and everything written; after 10 s without that, at once, with recovery at the next start. */
export async function stopServer(pid: number): Promise<void> {
  send(pid, 'SIGINT');
  if (await waitUntilGone(pid, fastStopMs)) return;
  send(pid, 'SIGQUIT');
  if (await waitUntilGone(pid, immediateStopMs)) return;
  send(pid, 'SIGKILL');
  await waitUntilGone(pid, immediateStopMs);
}

/** Ends sessions that outlived their server: a new one must not share the files with them. */
export async function endLeftovers(clusterFolder: string): Promise<void> {
  for (const pid of processesIn(await realpath(clusterFolder))) {
    send(pid, 'SIGQUIT');
    if (await waitUntilGone(pid, 500)) continue;
    send(pid, 'SIGKILL');
    await waitUntilGone(pid, immediateStopMs);
  }
}
