import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runProgram } from '../main/run-program.mjs';
import { unpackBrowser } from './unpack-browser.mjs';

/** Chromium without windows comes first: a page begins in it in a third of the time. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
];
/** Packages of the distribution, the better first; one of an older release has the second alone. */
const packages = ['chromium-headless-shell', 'chromium'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
];

/**
 * Whether a file is a browser that runs; a distribution may ship a script that only tells how to get one.
 * @param {string} file
 */
async function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    const output = await runProgram(file, ['--version']);
    return /chrom/i.test(output);
  } catch {
    return false;
  }
}

/** @returns {Promise<string | undefined>} */
async function findInstalled() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
    ...places,
  ];
  for (const file of candidates) if (existsSync(file) && (await runs(file))) return file;
  return undefined;
}

/** @returns {Promise<string | undefined>} */
async function findPlaywrights() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) && (await runs(file)) ? file : undefined;
}

/** Playwright's own download; it fails on networks that reach package registries only. */
async function downloadPlaywrights() {
  const program = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@playwright/test')),
    'cli.js',
  );
  await runProgram(process.execPath, [program, 'install', 'chromium'], {
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
  return findPlaywrights();
}

/** The distribution's package, for the whole machine when we may, else into a cache of our own. */
async function installPackage() {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await runProgram('apt-get', ['update']);
  let failure;
  for (const name of packages) {
    try {
      if (isRoot) {
        await runProgram('apt-get', ['install', '-y', '--no-install-recommends', name], {
          env: { DEBIAN_FRONTEND: 'noninteractive' },
        });
        return await findInstalled();
      }
      const file = await unpackBrowser({ name });
      if (await runs(file)) return file;
    } catch (error) {
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

/**
 * Finds a Chromium for the tests, and gets one when there is none: CHROMIUM_PATH, the system's browsers, Playwright's
 * cache, Playwright's download, the distribution's package.
 * @param {(line: string) => void} say
 * @returns {Promise<string>} path of the program
 */
export async function findBrowser(say) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (await runs(given)) return given;
    throw new Error(`CHROMIUM_PATH=${given} is no Chromium that runs.`);
  }
  const found = (await findInstalled()) ?? (await findPlaywrights());
  if (found !== undefined) return found;
  const failures = [];
  for (const [words, get] of /** @type {const} */ ([
    ["Playwright's download", downloadPlaywrights],
    ["the distribution's package", installPackage],
  ])) {
    say(`no browser found; trying ${words} …`);
    try {
      const file = await get();
      if (file !== undefined) return file;
      failures.push(`${words}: what came does not run`);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      failures.push(`${words}: ${text.trim().split('\n').slice(-3).join(' ')}`);
    }
  }
  throw new Error(
    `The tests need a browser. Install Chromium (Debian: apt install chromium) or set CHROMIUM_PATH.\nTried:\n  ${failures.join('\n  ')}`,
  );
}
