import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyCluster } from '../testing/cluster';
import { borrowEmbeddedPostgres, runningPurpose } from './borrow';
import { takeLock } from './lock-file.mjs';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './postgres';

let dataDir: string;
const log = () => {};

async function answers(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'latchkey-test-'));
  await chmod(dataDir, 0o711);
  await copyCluster(dataDir);
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('starts the database of a stopped system and ends it afterwards', async () => {
  const borrowed = await borrowEmbeddedPostgres(dataDir, log);
  expect(borrowed.isOfRunningSystem).toBe(false);
  expect(await answers(borrowed.url)).toBe(true);
  await borrowed.release();
  expect(await findEmbeddedPostgres(dataDir)).toBeUndefined();
});

it('lets two borrowers take turns, so that neither pulls the server from under the other', async () => {
  const one = await borrowEmbeddedPostgres(dataDir, log);
  const waiting = borrowEmbeddedPostgres(dataDir, log);
  expect(await answers(one.url)).toBe(true);
  await one.release();
  const other = await waiting;
  expect(await answers(other.url)).toBe(true);
  await other.release();
});

it('joins the database of a running system and leaves it running', async () => {
  // What a supervisor does: it holds the lock while its database runs.
  const lock = await takeLock(path.join(dataDir, 'lock'), { purpose: runningPurpose });
  const server = await startEmbeddedPostgres({ dataDir, endsWithLauncher: true, log });
  try {
    const borrowed = await borrowEmbeddedPostgres(dataDir, log);
    expect(borrowed).toMatchObject({ url: server.url, ownerUrl: server.ownerUrl, isOfRunningSystem: true });
    await borrowed.release();
    expect(await answers(server.url)).toBe(true);
  } finally {
    await server.stop();
    lock.release();
  }
});
