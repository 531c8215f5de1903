import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../main/run-program.mjs';

const packageName = 'chromium';

/**
 * Options that let an ordinary user have package lists of his own.
 * @param {string} state
 * @param {string} status list of the installed packages
 */
function aptOptions(state, status) {
  const folders = {
    'Dir::State': state,
    'Dir::State::lists': path.join(state, 'lists'),
    'Dir::State::status': status,
    'Dir::Cache': path.join(state, 'cache'),
  };
  for (const folder of [path.join(state, 'lists/partial'), path.join(state, 'cache/archives/partial')]) {
    mkdirSync(folder, { recursive: true });
  }
  return [
    ...Object.entries(folders).map(([name, value]) => `${name}=${value}`),
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
}

/**
 * Names of the package and of all it needs that the machine lacks, from the installer's own simulation.
 * @param {readonly string[]} options
 */
async function missingPackages(options) {
  const plan = await runProgram(
    'apt-get',
    [...options, '--simulate', '--no-install-recommends', 'install', packageName],
    {
      env: { LC_ALL: 'C' },
    },
  );
  return [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
}

/**
 * Gets the distribution's Chromium without being root: its packages are downloaded, unpacked into a cache in the home
 * folder and started with their own libraries.
 * @param {{ status?: string }} [options] status: dpkg's list of the installed packages
 * @returns {Promise<string>} path of a program that starts it
 */
export async function unpackBrowser({ status = '/var/lib/dpkg/status' } = {}) {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'latchkey');
  const root = path.join(cache, 'chromium');
  const program = path.join(root, 'start-chromium');
  if (existsSync(program)) return program;

  const options = aptOptions(path.join(cache, 'apt'), status);
  await runProgram('apt-get', [...options, 'update']);
  const packages = await missingPackages(options);
  if (packages.length === 0) throw new Error(`${packageName} is installed already and does not run`);
  const draft = `${root}.${process.pid}`;
  const downloads = path.join(draft, 'downloads');
  mkdirSync(downloads, { recursive: true });
  await runProgram('apt-get', [...options, 'download', ...packages], { cwd: downloads });
  for (const name of readdirSync(downloads))
    await runProgram('dpkg', ['-x', path.join(downloads, name), draft]);
  rmSync(downloads, { recursive: true });

  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const libraries = [`usr/lib/${triplet}`, `lib/${triplet}`, 'usr/lib', 'usr/lib/chromium'].map(
    (folder) => `$here/${folder}`,
  );
  const script = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
LD_LIBRARY_PATH="${libraries.join(':')}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export LD_LIBRARY_PATH
exec "$here/usr/lib/chromium/chromium" "$@"
`;
  writeFileSync(path.join(draft, 'start-chromium'), script);
  chmodSync(path.join(draft, 'start-chromium'), 0o755);
  rmSync(root, { recursive: true, force: true });
  renameSync(draft, root);
  return program;
}
