import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Account, canEnter, chooseAccount, EmbeddedPostgresError } from './account';
import { isAlive, processesIn } from './process-identity.mjs';

/** Where one database lives, and who runs it. */
export interface Placement {
  account: Account | undefined;
  /** DATA_DIR/postgres: passwords and the word where the cluster is. */
  records: string;
  /** Folder that the account can enter; holds the settings and the cluster. */
  home: string;
  /** PGDATA: exists only when it is complete. */
  cluster: string;
  /** Folder for copies of the programs. */
  spareFolder(): Promise<string>;
}

const ownerFile = 'belongs-to';
const clusterName = 'cluster';

/** Folder of root for clusters whose DATA_DIR lies where only root may go. */
async function outsideBase(): Promise<string> {
  const tried = ['/var/lib/latchkey', path.join(os.tmpdir(), 'latchkey-postgres')];
  for (const base of tried) {
    try {
      await mkdir(base, { recursive: true });
      const found = await lstat(base);
      // Somebody else could have laid the folder in the temporary one.
      if (!found.isDirectory() || found.uid !== 0) continue;
      await chmod(base, 0o755);
      return await realpath(base);
    } catch {}
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root and needs a folder that other users can enter; none of ${tried.join(', ')} can be made. Set DATABASE_URL.`,
  );
}

/**
 * Removes clusters whose DATA_DIR lay in the temporary folder and is gone: it will not come back. Others are kept, for
 * their disk may only be away.
 */
async function sweepAbandoned(base: string): Promise<void> {
  const temporary = await realpath(os.tmpdir());
  for (const name of await readdir(base)) {
    const home = path.join(base, name);
    const dataDir = await readFile(path.join(home, ownerFile), 'utf8').catch(() => undefined);
    if (dataDir === undefined || !dataDir.startsWith(temporary + path.sep) || existsSync(dataDir)) continue;
    for (const pid of processesIn(path.join(home, clusterName)))
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await rm(home, { recursive: true, force: true });
  }
}

async function placeOutside(dataDir: string, recordFile: string): Promise<string> {
  const base = await outsideBase();
  await sweepAbandoned(base);
  const home = path.join(base, randomBytes(8).toString('hex'));
  await mkdir(home, { mode: 0o711 });
  await writeFile(path.join(home, ownerFile), dataDir);
  await writeFile(recordFile, JSON.stringify({ home }), { mode: 0o600 });
  return home;
}

/** The outside folder that DATA_DIR names, unless it is gone or belongs to the folder that this one was copied from. */
async function readOutside(
  dataDir: string,
  recordFile: string,
  log: (line: string) => void,
): Promise<string | undefined> {
  const text = await readFile(recordFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { home } = JSON.parse(text) as { home: string };
  const owner = await readFile(path.join(home, ownerFile), 'utf8').catch(() => undefined);
  if (owner === undefined) {
    log(`the database in ${home} is gone; a new one is made`);
    return undefined;
  }
  if (owner === dataDir) return home;
  if (existsSync(path.join(owner, 'postgres', path.basename(recordFile)))) {
    log(
      `${dataDir} is a copy of ${owner}, whose database lies in ${home} and stays there; a new one is made`,
    );
    return undefined;
  }
  await writeFile(path.join(home, ownerFile), dataDir);
  return home;
}

/** Moves a cluster to where its account can reach it, across file systems too. */
async function move(from: string, to: string, account: Account): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const draft = `${to}.moving`;
    await rm(draft, { recursive: true, force: true });
    await cp(from, draft, { recursive: true, verbatimSymlinks: true });
    await giveTree(draft, account);
    await rename(draft, to);
    await rm(from, { recursive: true, force: true });
  }
}

async function giveTree(folder: string, account: Account): Promise<void> {
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await giveTree(file, account);
    else if (!entry.isSymbolicLink()) await chown(file, account.uid, account.gid);
  }
}

/**
 * Decides where the cluster of a DATA_DIR lives: in DATA_DIR/postgres, or, when we are root and the server's account
 * cannot get there, in a folder of its own that DATA_DIR names. An empty DATA_DIR names none, and so gets a new one.
 */
export async function findPlacement(dataDir: string, log: (line: string) => void): Promise<Placement> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const root = await realpath(dataDir);
  const records = path.join(root, 'postgres');
  await mkdir(records, { recursive: true });
  if (process.getuid?.() !== 0) {
    return {
      account: undefined,
      records,
      home: records,
      cluster: path.join(records, clusterName),
      spareFolder: async () => records,
    };
  }
  await chmod(records, 0o711);
  const recordFile = path.join(records, 'elsewhere.json');
  const inside = path.join(records, clusterName);
  const account = chooseAccount(inside);
  const place = (home: string, owner: Account | undefined): Placement => ({
    account: owner,
    records,
    home,
    cluster: path.join(home, clusterName),
    spareFolder: outsideBase,
  });
  let outside = await readOutside(root, recordFile, log);
  if (outside !== undefined) return place(outside, chooseAccount(path.join(outside, clusterName)));
  if (canEnter(account, records)) return place(records, account);
  outside = await placeOutside(root, recordFile);
  if (account !== undefined && existsSync(inside)) {
    log(`${records} can no longer be entered by the user ${account.name}: its database moves to ${outside}`);
    await move(inside, path.join(outside, clusterName), account);
  }
  return place(outside, account);
}
