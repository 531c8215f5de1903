import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import postgres from 'postgres';
import { EmbeddedPostgresError } from './account';
import { type Binaries, prepareBinaries } from './binaries';
import { createCluster, hasCluster, setPasswords, settingsFile, writeSettings } from './cluster';
import { type Credentials, makeCredentials, readCredentials, urlsOf, writeCredentials } from './credentials';
import { freePort } from './free-port';
import { findPlacement, type Placement } from './placement';
import { endLeftovers, findServer, stopServer } from './postmaster';
import { isAlive } from './process-identity.mjs';
import { openServerLog, type ServerLog } from './server-log';

export interface EmbeddedPostgresSettings {
  dataDir: string;
  /** Loopback port; the remembered or a free one when absent. */
  port?: number;
  /** For tests: the server ends when this process does, however it ends, and is never left to be taken over. */
  endsWithLauncher?: boolean;
  log: (line: string) => void;
}

/** A running database of our own. */
export interface EmbeddedPostgres {
  /** Address for the application, which may read and write rows and change no table. */
  url: string;
  /** Address for migrations. */
  ownerUrl: string;
  port: number;
  pid: number;
  /** True when the server was left running by a program that was killed. */
  wasAdopted: boolean;
  /** Resolves when the server has ended, whether asked or not; start it again with the same port then. */
  exited: Promise<void>;
  /** Ends the server and everything it has open; resolves when it is gone. */
  stop(): Promise<void>;
}

/** The longest that a server may recover after a crash before we give up. */
const recoveryMs = 120_000;
const orphanAnswerMs = 5_000;
const portTries = 4;

/** Whether a loopback port can be listened on. */
function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

type Answer = 'yes' | 'wrong-password' | 'away';

/** One attempt to sign in as the application; only the right cluster knows its password. */
async function ask(url: string): Promise<Answer> {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {}, fetch_types: false });
  try {
    await client`select 1`;
    return 'yes';
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    return code.startsWith('28') ? 'wrong-password' : 'away';
  } finally {
    await client.end({ timeout: 1 });
  }
}

/** Asks until the server answers, ends or the time is over. */
async function awaitAnswer(url: string, isRunning: () => boolean, timeoutMs: number): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask(url);
    if (answer !== 'away' || !isRunning() || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Resolves when a process that is not our child has ended. */
function watchForEnd(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      resolve();
    }, 200);
    timer.unref();
  });
}

function handleOf(
  credentials: Credentials,
  pid: number,
  exited: Promise<void>,
  wasAdopted: boolean,
): EmbeddedPostgres {
  return {
    ...urlsOf(credentials),
    port: credentials.port,
    pid,
    wasAdopted,
    exited,
    async stop() {
      await stopServer(pid);
      if (!wasAdopted) await exited;
    },
  };
}

/** Takes over a server that outlived its launcher, if it is ours in every respect; ends it otherwise. */
async function adopt(placement: Placement, credentials: Credentials | undefined, port: number | undefined) {
  const server = await findServer(placement.cluster);
  if (server === undefined) return undefined;
  const isWanted = credentials?.port === server.port && (port === undefined || port === server.port);
  if (credentials !== undefined && isWanted) {
    const answer = await awaitAnswer(urlsOf(credentials).url, () => isAlive(server.pid), orphanAnswerMs);
    if (answer === 'yes') return handleOf(credentials, server.pid, watchForEnd(server.pid), true);
  }
  await stopServer(server.pid);
  return undefined;
}

function launch(placement: Placement, binaries: Binaries, port: number, serverLog: ServerLog): ChildProcess {
  const { account, cluster, home } = placement;
  return spawn(
    binaries.postgres,
    ['-D', cluster, '-c', `config_file=${settingsFile(home)}`, '-c', `port=${port}`],
    {
      cwd: '/',
      env: binaries.environment,
      // A group of its own: Ctrl-C in the terminal is for us, who stop it in order.
      detached: true,
      stdio: ['ignore', serverLog.descriptor, serverLog.descriptor],
      ...(account && { uid: account.uid, gid: account.gid }),
    },
  );
}

/** Ends a server when our end of a pipe closes, which the kernel does for us whatever kills us. */
function tieToLauncher(pid: number, exited: Promise<void>): void {
  const watcher = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -INT "$1" 2>/dev/null', 'sh', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as unknown as Socket).unref();
  exited.then(() => watcher.kill('SIGKILL'));
}

async function choosePort(given: number | undefined, remembered: number | undefined): Promise<number> {
  if (given !== undefined) {
    if (await isPortFree(given)) return given;
    throw new EmbeddedPostgresError(`Port ${given} of the embedded PostgreSQL is taken by another program.`);
  }
  return remembered !== undefined && (await isPortFree(remembered)) ? remembered : freePort();
}

/**
 * Starts PostgreSQL for one DATA_DIR: makes the database at the first start, takes over a server that outlived a killed
 * launcher, and otherwise starts one. Resolves when it answers. One launcher at a time may work on a DATA_DIR.
 * Throws EmbeddedPostgresError with what to do.
 */
export async function startEmbeddedPostgres({
  dataDir,
  port,
  endsWithLauncher = false,
  log,
}: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const placement = await findPlacement(dataDir, log);
  let credentials = await readCredentials(placement.records);
  if (existsSync(placement.cluster)) {
    const adopted = await adopt(placement, credentials, port);
    if (adopted !== undefined) {
      log(`took over the PostgreSQL that was left running (process ${adopted.pid})`);
      return adopted;
    }
    await endLeftovers(placement.cluster);
  }
  const binaries = await prepareBinaries(placement.account, placement.spareFolder);
  await writeSettings(placement.home);
  if (!(await hasCluster(placement, binaries))) {
    log('making the database');
    credentials = makeCredentials(await choosePort(port, credentials?.port));
    // Kept first: a cluster must never exist whose passwords nobody knows.
    await writeCredentials(placement.records, credentials);
    await createCluster(placement, binaries, credentials);
  } else if (credentials === undefined) {
    log('the passwords of the database are lost; it gets new ones');
    credentials = makeCredentials(await choosePort(port, undefined));
    await setPasswords(placement, binaries, credentials);
    await writeCredentials(placement.records, credentials);
  }
  const server = await startServer(placement, binaries, credentials, port);
  if (endsWithLauncher) tieToLauncher(server.pid, server.exited);
  return server;
}

async function startServer(
  placement: Placement,
  binaries: Binaries,
  known: Credentials,
  givenPort: number | undefined,
): Promise<EmbeddedPostgres> {
  const serverLog = openServerLog(path.join(placement.records, '..', 'logs', 'postgres.log'));
  let credentials = known;
  for (let attempt = 1; ; attempt++) {
    credentials = { ...credentials, port: await choosePort(givenPort, credentials.port) };
    await writeCredentials(placement.records, credentials);
    const child = launch(placement, binaries, credentials.port, serverLog);
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid ?? 0));
      child.once('error', reject);
    });
    const isRunning = () => child.exitCode === null && child.signalCode === null;
    const answer = await awaitAnswer(urlsOf(credentials).url, isRunning, recoveryMs);
    if (answer === 'yes' && isRunning()) {
      exited.then(() => serverLog.close());
      return handleOf(credentials, pid, exited, false);
    }
    if (isRunning()) await stopServer(pid);
    await exited;
    const isLast = attempt >= portTries || givenPort !== undefined;
    if (answer === 'wrong-password' && !isLast) {
      await setPasswords(placement, binaries, credentials);
    } else if (isLast || (await isPortFree(credentials.port))) {
      const words = serverLog.tail();
      serverLog.close();
      throw new EmbeddedPostgresError(`PostgreSQL does not start:\n${words}`);
    }
  }
}

/**
 * Addresses of the database of a DATA_DIR whose server runs and answers, for programs beside the supervisor; undefined
 * when it does not run.
 */
export async function findEmbeddedPostgres(
  dataDir: string,
): Promise<{ url: string; ownerUrl: string } | undefined> {
  if (!existsSync(path.join(dataDir, 'postgres'))) return undefined;
  const placement = await findPlacement(dataDir, () => {});
  const credentials = await readCredentials(placement.records);
  if (credentials === undefined || !existsSync(placement.cluster)) return undefined;
  const server = await findServer(placement.cluster);
  if (server?.port !== credentials.port) return undefined;
  const urls = urlsOf(credentials);
  return (await ask(urls.url)) === 'yes' ? urls : undefined;
}
