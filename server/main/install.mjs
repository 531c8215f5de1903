import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { say, step } from './progress.mjs';
import { ProgramFailed, runProgram } from './run-program.mjs';

const oldestNode = [20, 19];

/** Ends the process with a message when this Node.js is too old for the packages. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  say(`Latchkey needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** @param {string} root */
function wantedMark(root) {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** @param {string} root */
const markFile = (root) => path.join(root, 'node_modules/.latchkey-install');

/**
 * Whether node_modules holds what package-lock.json names, though somebody else has installed it.
 * @param {string} root
 */
function matchesLock(root) {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '') return true;
    const found = installed[name];
    return found === undefined
      ? entry.optional === true || entry.devOptional === true
      : found.version === entry.version;
  });
}

/**
 * Whether the packages of package-lock.json are there.
 * @param {string} root
 */
export function isInstalled(root) {
  const file = markFile(root);
  if (existsSync(file) && readFileSync(file, 'utf8') === wantedMark(root)) return true;
  if (!matchesLock(root)) return false;
  writeFileSync(file, wantedMark(root));
  return true;
}

/**
 * Installs the packages when they are missing or package-lock.json has changed. Hold the lock of the preparation.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return;
  await step('installing the packages (once, a minute or two)', () => install(root));
  writeFileSync(markFile(root), wantedMark(root));
}

/**
 * `npm ci`, or, where it finds the lock incomplete, `npm install` with the same lock: registries that lack packages of
 * other platforms leave those out of it, which `npm ci` does not forgive.
 * @param {string} root
 */
async function install(root) {
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // Development packages too: the build needs them, whatever NODE_ENV says.
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root };
  try {
    await runProgram(program, [...first, 'ci', ...flags], options);
  } catch (error) {
    if (!(error instanceof ProgramFailed) || !error.output.includes('EUSAGE')) throw error;
    await runProgram(program, [...first, 'install', '--no-save', ...flags], options);
  }
}
