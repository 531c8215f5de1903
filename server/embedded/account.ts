import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The user that PostgreSQL runs as when we are root, which it refuses to be. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Raised when embedded PostgreSQL cannot run here at all; the message says what to do instead. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

const preferredNames = ['postgres', 'nobody'];

function accounts(): Account[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/**
 * Chooses who runs the server: ourselves (undefined) unless we are root, else the owner of a cluster that exists
 * already, else `postgres`, else `nobody`. Throws EmbeddedPostgresError when there is nobody.
 */
export function chooseAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = accounts();
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    const name = known.find((account) => account.uid === owner.uid)?.name ?? String(owner.uid);
    return { name, uid: owner.uid, gid: owner.gid };
  }
  for (const name of preferredNames) {
    const account = known.find((candidate) => candidate.name === name);
    if (account !== undefined) return account;
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as: set DATABASE_URL.',
  );
}

/** Runs a program as the account and tells whether it exited with 0. */
export function succeedsAs(
  account: Account | undefined,
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  const result = spawnSync(program, args, {
    cwd: '/',
    env: environment,
    stdio: 'ignore',
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  if (account !== undefined && (result.error as NodeJS.ErrnoException | undefined)?.code === 'EPERM') {
    throw new EmbeddedPostgresError(
      `PostgreSQL refuses to run as root, and this process may not become ${account.name}: set DATABASE_URL.`,
    );
  }
  return result.status === 0;
}

/** Whether the account can get into a folder, found out by going there. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  return succeedsAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder]);
}
