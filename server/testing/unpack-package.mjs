import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from '../main/run-program.mjs';

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
 * @param {string} packageName
 */
async function missingPackages(options, packageName) {
  const plan = await runProgram(
    'apt-get',
    [...options, '--simulate', '--no-install-recommends', 'install', packageName],
    { env: { LC_ALL: 'C' } },
  );
  return [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
}

/**
 * Gets a package of the distribution without being root: it and what it needs are downloaded, unpacked into a cache in
 * the home folder and started with their own libraries.
 * @param {string} packageName
 * @param {string} executable path in the package, for example `usr/sbin/mosquitto`
 * @param {{ status?: string, libraries?: readonly string[] }} [options] status: dpkg's list of the installed packages;
 *   libraries: folders in the package that hold some beside the usual ones
 * @returns {Promise<string>} path of a program that starts it
 */
export async function unpackPackage(
  packageName,
  executable,
  { status = '/var/lib/dpkg/status', libraries = [] } = {},
) {
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'latchkey');
  const root = path.join(cache, packageName);
  const start = `start-${packageName}`;
  const program = path.join(root, start);
  if (existsSync(program)) return program;

  const options = aptOptions(path.join(cache, 'apt'), status);
  await runProgram('apt-get', [...options, 'update']);
  const packages = await missingPackages(options, packageName);
  if (packages.length === 0) throw new Error(`${packageName} is installed already and does not run`);
  const draft = `${root}.${process.pid}`;
  const downloads = path.join(draft, 'downloads');
  mkdirSync(downloads, { recursive: true });
  await runProgram('apt-get', [...options, 'download', ...packages], { cwd: downloads });
  for (const name of readdirSync(downloads))
    await runProgram('dpkg', ['-x', path.join(downloads, name), draft]);
  rmSync(downloads, { recursive: true });

  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const folders = [`usr/lib/${triplet}`, `lib/${triplet}`, 'usr/lib', ...libraries].map(
    (folder) => `$here/${folder}`,
  );
  const script = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
LD_LIBRARY_PATH="${folders.join(':')}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export LD_LIBRARY_PATH
exec "$here/${executable}" "$@"
`;
  writeFileSync(path.join(draft, start), script);
  chmodSync(path.join(draft, start), 0o755);
  rmSync(root, { recursive: true, force: true });
  renameSync(draft, root);
  return program;
}
