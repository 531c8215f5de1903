import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { ProgramFailed, runProgram } from '../main/run-program.mjs';
import { unpackPackage } from './unpack-package.mjs';

const places = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin'];

/**
 * Whether a file is a Mosquitto of version 2 that runs; its `-h` ends with 3.
 * @param {string} file
 */
async function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    const output = await runProgram(file, ['-h']).catch((error) => {
      if (error instanceof ProgramFailed) return error.output;
      throw error;
    });
    return /mosquitto version 2\./.test(output);
  } catch {
    return false;
  }
}

/** @returns {Promise<string | undefined>} */
async function findInstalled() {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...places];
  for (const folder of folders.filter((name) => name !== '')) {
    const file = path.join(folder, 'mosquitto');
    if (await runs(file)) return file;
  }
  return undefined;
}

/** The distribution's package, for the whole machine when we may, else into a cache of our own. */
async function installPackage() {
  if (process.getuid?.() !== 0) {
    const file = await unpackPackage('mosquitto', 'usr/sbin/mosquitto');
    return (await runs(file)) ? file : undefined;
  }
  await runProgram('apt-get', ['update']);
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'mosquitto'], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  return findInstalled();
}

/**
 * Finds a Mosquitto 2 for the tests, and gets one when there is none: MOSQUITTO_PATH, the system's, the distribution's
 * package.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} path of the program
 */
export async function findMosquitto(say) {
  const given = process.env.MOSQUITTO_PATH;
  if (given) {
    if (await runs(given)) return given;
    throw new Error(`MOSQUITTO_PATH=${given} is no Mosquitto 2 that runs.`);
  }
  const found = await findInstalled();
  if (found !== undefined) return found;
  say("no Mosquitto found; trying the distribution's package …");
  let failure = 'what came does not run';
  try {
    const file = await installPackage();
    if (file !== undefined) return file;
  } catch (error) {
    failure = (error instanceof Error ? error.message : String(error)).trim().split('\n').slice(-3).join(' ');
  }
  throw new Error(
    `These tests need Mosquitto 2. Install it (Debian: apt install mosquitto) or set MOSQUITTO_PATH.\nTried the distribution's package: ${failure}`,
  );
}
