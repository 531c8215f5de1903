import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findEmbeddedPostgres } from '../embedded/postgres';
import { isAlive } from '../embedded/process-identity.mjs';
import { copyCluster } from '../testing/cluster';
import { until } from '../testing/until';

/** Bundled once: it is started some twenty times. At the depth of `dist`, where the packages are found. */
const program = path.resolve(`.cache/run-supervisor-${process.pid}.mjs`);
/** An address that nobody needs to answer: the fakes ask nothing of the database. */
const noDatabase = 'postgres://nobody@127.0.0.1:9/nothing';

let dataDir: string;
const started = new Set<Supervisor>();

interface Supervisor {
  process: ChildProcess;
  /** Everything it has written. */
  output(): string;
  /** Resolves when its output holds the words. */
  says(words: string): Promise<void>;
  /** Exit code, when it has ended. */
  ended: Promise<number | null>;
}

function start(environment: Record<string, string> = {}, { isThroughShell = false } = {}): Supervisor {
  const command = [process.execPath, program];
  const [file = '', ...args] = isThroughShell ? ['/bin/sh', '-c', '"$@"; true', 'sh', ...command] : command;
  const child = spawn(file, args, {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      HTTPS_PORT: '0',
      MQTT_PORT: '0',
      MQTT_TLS_PORT: '0',
      PAGES_PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: noDatabase,
      LATCHKEY_DEMO: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.setMaxListeners(0);
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk.toString();
    child.emit('said');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let hasClosed = false;
  child.once('close', () => {
    hasClosed = true;
  });
  const supervisor: Supervisor = {
    process: child,
    output: () => text,
    async says(words) {
      while (!text.includes(words)) {
        if (hasClosed) throw new Error(`it ended without saying '${words}':\n${text}`);
        await Promise.race([once(child, 'said'), once(child, 'close')]);
      }
    },
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
  started.add(supervisor);
  return supervisor;
}

interface Entry {
  event: string;
  target: string;
  pid: number;
}

function journal(): Entry[] {
  const file = path.join(dataDir, 'journal');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [event = '', target = '', pid] = line.split(' ');
      return { event, target, pid: Number(pid) };
    });
}

const pidsOf = (target: string) =>
  journal().flatMap((entry) => (entry.event === 'ready' && entry.target === target ? [entry.pid] : []));
const running = () => journal().filter((entry) => isAlive(entry.pid));

/** Waits until the journal satisfies something. */
async function journalShows(isTrue: () => boolean): Promise<void> {
  const watcher = watch(dataDir);
  try {
    while (!isTrue()) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

async function squat(): Promise<{ port: number; server: Server }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

beforeAll(() =>
  build({
    entryPoints: ['server/testing/run-supervisor.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  }),
);
afterAll(() => rm(program, { force: true }));

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'latchkey-test-'));
});

afterEach(async () => {
  for (const supervisor of started) {
    if (supervisor.process.exitCode === null) supervisor.process.kill('SIGTERM');
    await supervisor.ended;
  }
  started.clear();
  for (const { pid } of running()) process.kill(pid, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

describe('the supervisor', () => {
  it('starts the targets in order, prints the banner, stops the gateway first and ends with 0', async () => {
    const supervisor = start();
    await supervisor.says('Latchkey is ready');
    expect(supervisor.output()).toContain('Account fake@example.org');
    expect(supervisor.output()).toMatch(/Support {3}http:\/\/localhost:\d+\/support\/set-up\?token=fake/);
    const starts = journal()
      .filter((entry) => entry.event === 'start')
      .map((entry) => entry.target);
    expect(starts.indexOf('migrate')).toBeLessThan(starts.indexOf('broker'));
    expect(starts.indexOf('broker')).toBeLessThan(starts.indexOf('gateway'));
    expect(starts.indexOf('demo')).toBeLessThan(starts.indexOf('virtual-lock'));

    supervisor.process.kill('SIGTERM');
    expect(await supervisor.ended).toBe(0);
    const stops = journal()
      .filter((entry) => entry.event === 'stop')
      .map((entry) => entry.target);
    expect(stops).toEqual(['gateway', 'pages', 'virtual-lock', 'bridge', 'broker']);
    expect(running()).toEqual([]);
    expect(existsSync(path.join(dataDir, 'lock'))).toBe(false);
  });

  it('ends when the npm that has started it is killed, and the next start waits for that', async () => {
    const first = start({ npm_lifecycle_event: 'start' }, { isThroughShell: true });
    await first.says('Latchkey is ready');
    // The shell ends and tells its child nothing.
    first.process.kill('SIGTERM');
    await first.says('stopping');
    const second = start();
    await second.says('Latchkey is ready');
    expect(pidsOf('gateway').map(isAlive)).toEqual([false, true]);
  });

  it('starts neither demo nor virtual lock when the demo is off', async () => {
    const supervisor = start({ LATCHKEY_DEMO: '0' });
    await supervisor.says('Latchkey is ready');
    const targets = new Set(journal().map((entry) => entry.target));
    expect(targets).toEqual(new Set(['pages', 'migrate', 'broker', 'bridge', 'gateway']));
  });

  it('starts a target again when it dies', async () => {
    const supervisor = start();
    await supervisor.says('Latchkey is ready');
    const [first = 0] = pidsOf('gateway');
    process.kill(first, 'SIGKILL');
    await supervisor.says('gateway is back');
    const [, second] = pidsOf('gateway');
    expect(second).not.toBe(first);
    expect(isAlive(second ?? 0)).toBe(true);
    expect(pidsOf('broker')).toHaveLength(1);
  });

  it('stops a target that dies while it waits to start it again', async () => {
    const supervisor = start({ LATCHKEY_DEMO: '0' });
    await supervisor.says('Latchkey is ready');
    process.kill(pidsOf('bridge')[0] ?? 0, 'SIGKILL');
    await supervisor.says('bridge ended');
    supervisor.process.kill('SIGTERM');
    expect(await supervisor.ended).toBe(0);
    expect(running()).toEqual([]);
  });

  it('names a port that is taken and its variable, and starts nothing', async () => {
    const { port, server } = await squat();
    try {
      const supervisor = start({ MQTT_PORT: String(port) });
      expect(await supervisor.ended).toBe(1);
      expect(supervisor.output()).toContain(`Port ${port} (MQTT_PORT) is taken`);
      expect(journal()).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('refuses two ports of the same number', async () => {
    const { port, server } = await squat();
    server.close();
    await once(server, 'close');
    const supervisor = start({ PORT: String(port), HTTPS_PORT: String(port) });
    expect(await supervisor.ended).toBe(1);
    expect(supervisor.output()).toContain('HTTPS_PORT and PORT are both');
  });

  it('refuses a second supervisor of the same folder and leaves the first alone', async () => {
    const first = start();
    await first.says('Latchkey is ready');
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`in use by process ${first.process.pid}`);
    expect(running().length).toBeGreaterThan(0);
    first.process.kill('SIGINT');
    expect(await first.ended).toBe(0);
  });

  it('says why a target cannot start, with its last words, and leaves nothing running', async () => {
    const supervisor = start({ FAKE_PLAN: JSON.stringify({ bridge: 'fails' }) });
    expect(await supervisor.ended).toBe(1);
    expect(supervisor.output()).toContain('bridge does not start');
    expect(supervisor.output()).toContain('the fake cannot start');
    expect(running()).toEqual([]);
  });

  it('ends when the migration fails', async () => {
    const supervisor = start({ FAKE_PLAN: JSON.stringify({ migrate: 'fails' }) });
    expect(await supervisor.ended).toBe(1);
    expect(supervisor.output()).toContain('migrate failed');
    expect(pidsOf('broker')).toEqual([]);
    expect(running()).toEqual([]);
  });

  it('leaves nothing behind when it is killed, and the next start works at once', async () => {
    const { port, server } = await squat();
    server.close();
    await once(server, 'close');
    const first = start({ PORT: String(port) });
    await first.says('Latchkey is ready');
    const old = running();
    first.process.kill('SIGKILL');
    await first.ended;
    const second = start({ PORT: String(port) });
    await second.says('Latchkey is ready');
    expect(old.length).toBeGreaterThan(0);
    expect(old.filter((entry) => isAlive(entry.pid))).toEqual([]);
  });

  it('ends a process of a killed start that hangs on to its port', async () => {
    const { port, server } = await squat();
    server.close();
    await once(server, 'close');
    const first = start({ PORT: String(port) });
    await first.says('Latchkey is ready');
    const [gateway = 0] = pidsOf('gateway');
    process.kill(gateway, 'SIGSTOP');
    first.process.kill('SIGKILL');
    await first.ended;
    const second = start({ PORT: String(port) });
    await second.says('Latchkey is ready');
    expect(isAlive(gateway)).toBe(false);
  });

  it('forces the end at a second signal when a target does not listen', async () => {
    const supervisor = start({ FAKE_PLAN: JSON.stringify({ gateway: 'deaf' }) });
    await supervisor.says('Latchkey is ready');
    supervisor.process.kill('SIGINT');
    await journalShows(() => journal().some((entry) => entry.event === 'stop'));
    // Signals within a second of the first count as the same one: npm passes on what the terminal has sent already.
    const again = setInterval(() => supervisor.process.kill('SIGINT'), 100);
    expect(await supervisor.ended).toBe(1);
    clearInterval(again);
    // Killed, and on a busy machine not gone yet when it ends.
    await until(async () => running().length === 0);
  });

  it('runs the embedded database, brings it back when it is killed, and ends it last', async () => {
    await chmod(dataDir, 0o711);
    await copyCluster(dataDir);
    const supervisor = start({ DATABASE_URL: '', LATCHKEY_DEMO: '0' });
    await supervisor.says('Latchkey is ready');
    const addresses = await findEmbeddedPostgres(dataDir);
    const client = postgres(addresses?.url ?? '', { max: 1, onnotice: () => {} });
    expect(await client`select 1 as one`).toEqual([{ one: 1 }]);
    const lines = readFileSync(path.join(await clusterFolder(), 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(lines[0]), 'SIGKILL');
    await supervisor.says('PostgreSQL is back');
    expect(await findEmbeddedPostgres(dataDir)).toEqual(addresses);
    await client.end({ timeout: 1 });

    supervisor.process.kill('SIGTERM');
    expect(await supervisor.ended).toBe(0);
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
  });

  it('makes the secret of the installation once, for its own user alone', async () => {
    await mkdir(dataDir, { recursive: true });
    const first = start();
    await first.says('Latchkey is ready');
    const key = readFileSync(path.join(dataDir, 'secrets-key'), 'utf8');
    first.process.kill('SIGTERM');
    await first.ended;
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    const second = start();
    await second.says('Latchkey is ready');
    expect(readFileSync(path.join(dataDir, 'secrets-key'), 'utf8')).toBe(key);
  });
});

async function clusterFolder(): Promise<string> {
  const record = path.join(dataDir, 'postgres/elsewhere.json');
  const home = existsSync(record)
    ? (JSON.parse(readFileSync(record, 'utf8')) as { home: string }).home
    : path.join(dataDir, 'postgres');
  return path.join(home, 'cluster');
}
