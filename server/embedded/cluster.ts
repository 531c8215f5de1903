import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Account, EmbeddedPostgresError } from './account';
import type { Binaries } from './binaries';
import { appRole, type Credentials, databaseName, ownerRole } from './credentials';
import type { Placement } from './placement';
import { processesIn } from './process-identity.mjs';

const draftPrefix = 'making-';
/** Owns the system catalogues, has no password and so cannot be connected as. */
const superRole = 'latchkey_super';

const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  fsync: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  jit: 'off',
  // Shared memory of parallel queries would not fit the 64 MB that containers get by default.
  max_parallel_workers_per_gather: '0',
  log_min_messages: 'warning',
  // Statements and key values hold people's data and are no matter for a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const accessRules = `# Two roles, loopback, passwords; everybody else is refused.
host all ${ownerRole},${appRole} 127.0.0.1/32 scram-sha-256
`;

export const settingsFile = (home: string) => path.join(home, 'postgresql.conf');

/** Writes the server's settings; they are ours and not the server's, so it can read but not change them. */
export async function writeSettings(home: string): Promise<void> {
  const rules = path.join(home, 'pg_hba.conf');
  const lines = Object.entries({ ...settings, hba_file: rules }).map(
    ([name, value]) => `${name} = '${value}'`,
  );
  await writeFile(rules, accessRules, { mode: 0o644 });
  await writeFile(settingsFile(home), `${lines.join('\n')}\n`, { mode: 0o644 });
}

function run(
  program: string,
  args: readonly string[],
  {
    account,
    environment,
    input = '',
  }: { account: Account | undefined; environment: NodeJS.ProcessEnv; input?: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else
        reject(new EmbeddedPostgresError(`${path.basename(program)} ended with ${code}:\n${output.trim()}`));
    });
  });
}

/** Runs statements with no server up, as the role that owns the catalogues. The first error ends it. */
function runAlone(
  placement: Placement,
  binaries: Binaries,
  cluster: string,
  database: string,
  statements: readonly string[],
) {
  return run(
    binaries.postgres,
    [
      '--single',
      '-D',
      cluster,
      '-c',
      `config_file=${settingsFile(placement.home)}`,
      '-c',
      'exit_on_error=true',
      '-j',
      database,
    ],
    {
      account: placement.account,
      environment: binaries.environment,
      input: statements.map((statement) => `${statement};\n\n`).join(''),
    },
  );
}

/** Removes what a creation that was cut short has left behind, its processes included. */
async function removeDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(draftPrefix)) continue;
    const draft = path.join(home, name);
    for (const pid of processesIn(draft)) process.kill(pid, 'SIGKILL');
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Makes a new cluster with the database and both roles. It gets its name only when it is complete, so one that was cut
 * short is never taken for a cluster.
 */
export async function createCluster(
  placement: Placement,
  binaries: Binaries,
  credentials: Credentials,
): Promise<void> {
  const { account, home } = placement;
  await removeDrafts(home);
  const draft = path.join(home, draftPrefix + randomBytes(6).toString('hex'));
  await mkdir(draft, { mode: 0o700 });
  if (account !== undefined) await chown(draft, account.uid, account.gid);
  await run(
    binaries.initdb,
    [
      ...[
        '--pgdata',
        draft,
        '--username',
        superRole,
        '--auth',
        'reject',
        '--encoding',
        'UTF8',
        '--no-instructions',
      ],
      ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...(process.platform === 'linux' ? ['--sync-method', 'syncfs'] : []),
    ],
    { account, environment: binaries.environment },
  );
  await runAlone(placement, binaries, draft, 'postgres', [
    // CREATEDB lets tests make databases of their own next to this one.
    `CREATE ROLE ${ownerRole} LOGIN CREATEDB PASSWORD '${credentials.ownerPassword}'`,
    `CREATE ROLE ${appRole} LOGIN PASSWORD '${credentials.appPassword}'`,
    `CREATE DATABASE ${databaseName} OWNER ${ownerRole}`,
    `REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${databaseName} TO ${appRole}`,
  ]);
  const byDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole}`;
  await runAlone(placement, binaries, draft, databaseName, [
    `${byDefault} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${appRole}`,
    `${byDefault} GRANT USAGE, SELECT ON SEQUENCES TO ${appRole}`,
  ]);
  await rename(draft, placement.cluster);
}

/** Gives both roles the passwords of the credentials; the server must be down. */
export async function setPasswords(
  placement: Placement,
  binaries: Binaries,
  credentials: Credentials,
): Promise<void> {
  await runAlone(placement, binaries, placement.cluster, databaseName, [
    `ALTER ROLE ${ownerRole} PASSWORD '${credentials.ownerPassword}'`,
    `ALTER ROLE ${appRole} PASSWORD '${credentials.appPassword}'`,
  ]);
}

/** Whether a cluster exists. Throws EmbeddedPostgresError when it was made by another major version. */
export async function hasCluster(placement: Placement, binaries: Binaries): Promise<boolean> {
  if (!existsSync(placement.cluster)) return false;
  const version = (await readFile(path.join(placement.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (version === binaries.major) return true;
  throw new EmbeddedPostgresError(
    `The database in ${placement.cluster} was made by PostgreSQL ${version}, this program brings ${binaries.major}: ` +
      'dump it with the older program and load it into an empty DATA_DIR.',
  );
}
