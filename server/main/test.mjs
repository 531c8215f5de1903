import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkNode } from './install.mjs';
import { prepare, root } from './prepare.mjs';
import { say } from './progress.mjs';

/** @typedef {{ passed: number, failed: number, told: string[] }} Sum `told`: each failure in a line */

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

/** The first line of a text. @param {string} [text] */
const headline = (text = '') => text.trimStart().split('\n', 1)[0];

/**
 * Where in the test a failure was, as `:line`; empty when its stack does not say.
 * @param {string} source
 * @param {string} [stack]
 */
function placeIn(source, stack = '') {
  const at = stack.indexOf(`${source}:`);
  return at < 0 ? '' : (/^:\d+/.exec(stack.slice(at + source.length))?.[0] ?? '');
}

/**
 * A runner that fails without naming a test, for example in its set-up or in what it leaves behind, counts as one
 * failure.
 * @param {string} name
 * @param {Sum} sum
 * @param {number} code
 * @returns {Sum}
 */
const withCode = (name, sum, code) =>
  code !== 0 && sum.failed === 0
    ? { ...sum, failed: 1, told: [...sum.told, `${name}: ended with code ${code}, outside of every test`] }
    : sum;

/**
 * @param {string} name
 * @param {readonly string[]} args which files, and how
 * @returns {Promise<Sum>}
 */
async function runVitest(name, args) {
  const file = path.join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters]);
  const { numPassedTests: passed = 0, numFailedTests: failed = 0, testResults = [] } = readJson(file) ?? {};
  const told = [];
  for (const { name: source, status, message, assertionResults } of testResults) {
    const from = path.relative(root, source);
    if (status === 'failed' && message !== '') told.push(`${from}: ${headline(message)}`);
    for (const test of assertionResults)
      if (test.status === 'failed')
        told.push(
          `${from}${placeIn(source, test.failureMessages[0])}: ${test.fullName}: ${headline(test.failureMessages[0])}`,
        );
  }
  return withCode(name, { passed, failed, told }, code);
}

/** @param {readonly Sum[]} sums @returns {Sum} */
const total = (sums) => ({
  passed: sums.reduce((all, { passed }) => all + passed, 0),
  failed: sums.reduce((all, { failed }) => all + failed, 0),
  told: sums.flatMap(({ told }) => told),
});

/**
 * Tests that take databases and brokers away have a process for each file; the others share theirs.
 * @returns {Promise<Sum>}
 */
async function runUnits() {
  const shared = await runVitest('units', ['--exclude', '**/*faults*']);
  const faults = await runVitest('faults', ['--isolate', '--maxWorkers=3', 'faults']);
  return total([shared, faults]);
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
  return withCode('browsers', { passed, failed: unexpected + flaky, told: [] }, code);
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
  const { passed, failed, told } = total([units, browsers]);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  for (const line of told) process.stdout.write(`\n${line}`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(results, { recursive: true, force: true });
}
