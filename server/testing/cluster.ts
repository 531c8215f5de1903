import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readCredentials, writeCredentials } from '../embedded/credentials';
import { freePort } from '../embedded/free-port';
import { startEmbeddedPostgres } from '../embedded/postgres';

/** Names, for all processes of a run, the DATA_DIR of a database that was made once and is copied where one is needed. */
const variable = 'LATCHKEY_TEST_CLUSTER';
const clusterIn = (dataDir: string) => path.join(dataDir, 'postgres');

/**
 * Makes the database that `copyCluster` copies, empty or with what `fill` puts into it; making one takes seconds.
 * Resolves with what removes it.
 */
export async function makeCluster(fill?: (urls: { url: string; ownerUrl: string }) => Promise<void>) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-cluster-'));
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, endsWithLauncher: true, log: () => {} });
  try {
    await fill?.(server);
  } finally {
    await server.stop();
  }
  // Where the temporary folder is closed to the account of PostgreSQL the cluster lies elsewhere: each is made then.
  if (existsSync(path.join(clusterIn(dataDir), 'cluster'))) process.env[variable] = dataDir;
  return async () => {
    delete process.env[variable];
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Puts a copy of the database of this run into a new DATA_DIR, on a port of its own; nothing where there is none. */
export async function copyCluster(dataDir: string): Promise<void> {
  const from = process.env[variable];
  if (from === undefined) return;
  await mkdir(dataDir, { recursive: true });
  // Its owner is another account, which the copy keeps.
  await promisify(execFile)('cp', ['-a', clusterIn(from), clusterIn(dataDir)]);
  const credentials = await readCredentials(clusterIn(dataDir));
  if (credentials !== undefined)
    await writeCredentials(clusterIn(dataDir), { ...credentials, port: await freePort() });
}

/**
 * Lets the database of a test take a commit for done when the kernel has it: processes are killed in tests, machines are
 * not. Nothing where the database is yet to be made.
 */
export async function spareDisk(dataDir: string): Promise<void> {
  const file = path.join(clusterIn(dataDir), 'cluster/postgresql.auto.conf');
  if (existsSync(file)) await appendFile(file, "fsync = 'off'\n");
}
