import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkNode } from './install.mjs';
import { prepare, root } from './prepare.mjs';
import { say } from './progress.mjs';

/** @typedef {{ passed: number, failed: number }} Sum */

checkNode();
process.chdir(root);
const results = path.join(root, '.cache', `test-results-${process.pid}`);

/**
 * Runs a test runner in this terminal.
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function run(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** @param {string} file */
const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/**
 * A runner that fails without naming a test, for example in its set-up, counts as one failure.
 * @param {Sum} sum
 * @param {number} code
 * @returns {Sum}
 */
const withCode = (sum, code) => (code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum);

/**
 * @param {string} name
 * @param {readonly string[]} args which files, and how
 * @returns {Promise<Sum>}
 */
async function runVitest(name, args) {
  const file = path.join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters]);
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = readJson(file) ?? {};
  return withCode({ passed, failed }, code);
}

/**
 * Tests that take databases and brokers away have a process for each file; the others share theirs.
 * @returns {Promise<Sum>}
 */
async function runUnits() {
  const shared = await runVitest('units', ['--exclude', '**/*faults*']);
  const faults = await runVitest('faults', ['--isolate', 'faults']);
  return { passed: shared.passed + faults.passed, failed: shared.failed + faults.failed };
}

/**
 * @param {string} browser
 * @returns {Promise<Sum>}
 */
async function runBrowsers(browser) {
  const file = path.join(results, 'playwright.json');
  const code = await run(
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config',
      'e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  const { expected: passed = 0, unexpected = 0, flaky = 0 } = readJson(file)?.stats ?? {};
  return withCode({ passed, failed: unexpected + flaky }, code);
}

try {
  await prepare({ server: true, pages: true });
  // After the installation: it asks Playwright.
  const { findBrowser } = await import('../testing/find-browser.mjs');
  const browser = await findBrowser(say);
  say(`browser: ${browser}`);
  mkdirSync(results, { recursive: true });
  const units = await runUnits();
  const browsers = await runBrowsers(browser);
  const passed = units.passed + browsers.passed;
  const failed = units.failed + browsers.failed;
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}
