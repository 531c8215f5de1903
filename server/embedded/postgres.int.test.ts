import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyCluster } from '../testing/cluster';
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from './postgres';
import { findServer, stopServer } from './postmaster';
import { isAlive, waitUntilGone } from './process-identity.mjs';

const isRoot = process.getuid?.() === 0;
const launcher = new URL('../testing/launch-postgres.ts', import.meta.url);

let base: string;
let dataDir: string;
const running = new Set<EmbeddedPostgres>();
const launchers = new Set<ChildProcess>();

async function start(options: { port?: number; lines?: string[] } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir,
    endsWithLauncher: true,
    port: options.port,
    log: (line) => options.lines?.push(line),
  });
  running.add(server);
  server.exited.then(() => running.delete(server));
  return server;
}

/** Starts a database from another process, as the supervisor would. */
async function startElsewhere(...flags: string[]): Promise<{
  child: ChildProcess;
  url: string;
  ownerUrl: string;
  pid: number;
  port: number;
}> {
  const child = fork(launcher, [dataDir, ...flags], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  launchers.add(child);
  const [message] = (await once(child, 'message')) as [
    { url: string; ownerUrl: string; pid: number; port: number },
  ];
  return { child, ...message };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await client.unsafe(text))] as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** The folder that the cluster of our DATA_DIR is in. */
function homeOfCluster(folder = dataDir): string {
  const elsewhere = path.join(folder, 'postgres/elsewhere.json');
  if (!existsSync(elsewhere)) return path.join(folder, 'postgres');
  return (JSON.parse(readFileSync(elsewhere, 'utf8')) as { home: string }).home;
}

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'latchkey-test-'));
  chmodSync(base, 0o755);
  dataDir = path.join(base, 'data');
  await copyCluster(dataDir);
});

/** For tests of how a database is made: there is none yet. */
const withNone = () => rm(dataDir, { recursive: true, force: true });

afterEach(async () => {
  for (const child of launchers) child.kill('SIGKILL');
  launchers.clear();
  for (const server of running) await server.stop();
  const home = homeOfCluster();
  const cluster = path.join(home, 'cluster');
  const orphan = existsSync(cluster) ? await findServer(cluster) : undefined;
  if (orphan !== undefined) await stopServer(orphan.pid);
  await rm(base, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('keeps its data, port and passwords over a stop, and is gone after it', async () => {
    await withNone();
    const first = await start();
    await query(first.ownerUrl, "create table kept (name text); insert into kept values ('front door')");
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(second.wasAdopted).toBe(false);
    expect(await query(second.url, 'select name from kept')).toEqual([{ name: 'front door' }]);
    expect(await findEmbeddedPostgres(dataDir)).toEqual({ url: second.url, ownerUrl: second.ownerUrl });
  });

  it('is UTF-8 in UTC, flushes every commit and keeps its passwords to its own user', async () => {
    const server = await start();
    const [row] = await query(
      server.url,
      `select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('listen_addresses') as addresses`,
    );
    expect(row).toEqual({ encoding: 'UTF8', zone: 'UTC', fsync: 'on', commit: 'on', addresses: '127.0.0.1' });
    const { mode } = await stat(path.join(dataDir, 'postgres/credentials.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  it("lets the application change rows, and neither tables nor the owner's things", async () => {
    const server = await start();
    await query(
      server.ownerUrl,
      'create table doors (id bigint generated always as identity primary key, name text)',
    );
    await query(
      server.url,
      "insert into doors (name) values ('gate'); update doors set name = 'garage'; delete from doors",
    );
    const refused = { code: '42501' };
    await expect(query(server.url, 'create table mine (id int)')).rejects.toMatchObject(refused);
    await expect(query(server.url, 'create temporary table mine (id int)')).rejects.toMatchObject(refused);
    await expect(query(server.url, 'alter table doors add column extra int')).rejects.toMatchObject(refused);
    await expect(query(server.url, 'truncate doors')).rejects.toMatchObject(refused);
    await expect(query(server.url, 'drop table doors')).rejects.toMatchObject(refused);
    await expect(query(server.url, 'set role latchkey_owner')).rejects.toMatchObject(refused);
    await expect(query(server.url, 'create role more')).rejects.toMatchObject(refused);
  });

  it('refuses a wrong password and the role that owns the catalogues', async () => {
    const server = await start();
    const address = new URL(server.url);
    address.password = 'wrong';
    await expect(query(address.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    address.username = 'latchkey_super';
    await expect(query(address.href, 'select 1')).rejects.toMatchObject({ code: '28000' });
  });

  it('is taken over, running, after its launcher was killed', async () => {
    const { child, pid, url } = await startElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(pid)).toBe(true);

    const adopted = await start();
    expect(adopted).toMatchObject({ pid, url, wasAdopted: true });
    expect(await query(adopted.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await adopted.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('ends with its launcher when a test asks for that', async () => {
    const { child, pid } = await startElsewhere('--ends-with-launcher');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await waitUntilGone(pid, 30_000)).toBe(true);
  });

  it('ends an orphan that listens on another port than the one asked for', async () => {
    const { child, pid, port } = await startElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const other = (probe.address() as { port: number }).port;
    probe.close();
    await once(probe, 'close');

    const server = await start({ port: other });
    expect(other).not.toBe(port);
    expect(server).toMatchObject({ port: other, wasAdopted: false });
    expect(isAlive(pid)).toBe(false);
  });

  it('tells that it died, recovers what was committed, and comes back on the same port', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept (n int); insert into kept values (7)');
    const session = postgres(first.url, { max: 1, onnotice: () => {} });
    await session`select 1`;
    const hanging = session`select pg_sleep(600)`.catch((error: Error) => error);
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start({ port: first.port });
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(await hanging).toBeInstanceOf(Error);
    await session.end({ timeout: 1 });
  });

  it.each([
    ['a process that has ended', () => 2 ** 22 - 3],
    ['another program', () => process.pid],
  ])('is not held up by a pid file that names %s', async (_, pidOf) => {
    const first = await start();
    await first.stop();
    const cluster = path.join(homeOfCluster(), 'cluster');
    const lines = [pidOf(), cluster, 1_700_000_000, first.port, '', '127.0.0.1', '', 'ready   '];
    writeFileSync(path.join(cluster, 'postmaster.pid'), `${lines.join('\n')}\n`);
    if (isRoot) chmodSync(path.join(cluster, 'postmaster.pid'), 0o644);
    const second = await start();
    expect(second.wasAdopted).toBe(false);
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is made anew when its making was cut short', async () => {
    const first = await start();
    await first.stop();
    const home = homeOfCluster();
    await rm(path.join(home, 'cluster'), { recursive: true });
    const half = path.join(home, 'making-0123456789ab');
    await mkdir(path.join(half, 'base'), { recursive: true });
    writeFileSync(path.join(half, 'PG_VERSION'), '18\n');
    const second = await start();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(home)).filter((name) => name.startsWith('making-'))).toEqual([]);
  });

  it('gets new passwords when the old ones are lost', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept (n int); insert into kept values (7)');
    await first.stop();
    await rm(path.join(dataDir, 'postgres/credentials.json'));
    const second = await start();
    expect(second.url).not.toBe(first.url);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('moves to another port when a program has taken the remembered one, and refuses a given one that is taken', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    expect(second.port).not.toBe(first.port);
    await second.stop();
    await expect(start({ port: first.port })).rejects.toThrow(`Port ${first.port}`);
    squatter.close();
    await once(squatter, 'close');
  });

  it('starts below a folder that only its own user may enter', async () => {
    await withNone();
    chmodSync(base, 0o700);
    const first = await start();
    await query(first.ownerUrl, 'create table kept (n int); insert into kept values (7)');
    const home = homeOfCluster();
    // PostgreSQL refuses root, so only then must the cluster lie where another user gets to.
    expect(home.startsWith(base)).toBe(!isRoot);
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(homeOfCluster()).toBe(home);
    await second.stop();

    await rm(dataDir, { recursive: true });
    const fresh = await start();
    await expect(query(fresh.url, 'select n from kept')).rejects.toMatchObject({ code: '42P01' });
    await fresh.stop();
    if (isRoot) await rm(home, { recursive: true, force: true });
  });

  it('moves along when its folder is closed to others later', async () => {
    const first = await start();
    await query(first.ownerUrl, 'create table kept (n int); insert into kept values (7)');
    await first.stop();
    chmodSync(base, 0o700);
    const second = await start();
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('takes over nothing of a folder that its own was copied from', async () => {
    await withNone();
    chmodSync(base, 0o700);
    const original = await start();
    await query(original.ownerUrl, 'create table kept (n int)');
    await original.stop();
    const home = homeOfCluster();
    const copy = path.join(base, 'copy');
    await mkdir(path.join(copy, 'postgres'), { recursive: true });
    const record = path.join(dataDir, 'postgres/elsewhere.json');
    if (existsSync(record)) writeFileSync(path.join(copy, 'postgres/elsewhere.json'), readFileSync(record));
    const first = await startEmbeddedPostgres({ dataDir: copy, log: () => {} });
    try {
      await expect(query(first.url, 'select * from kept')).rejects.toMatchObject({ code: '42P01' });
    } finally {
      await first.stop();
      await rm(homeOfCluster(copy), { recursive: true, force: true });
    }
    expect(existsSync(path.join(home, 'cluster'))).toBe(true);
  });

  it('leaves no server behind when it is stopped while a session is busy', async () => {
    const server = await start();
    const session = postgres(server.url, { max: 1, onnotice: () => {} });
    await session`select 1`;
    const busy = session`select pg_sleep(600)`.catch((error: Error) => error);
    await server.stop();
    expect(await waitUntilGone(server.pid, 0)).toBe(true);
    expect(await busy).toBeInstanceOf(Error);
    await session.end({ timeout: 1 });
  });
});
