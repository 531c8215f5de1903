import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkNode } from './install.mjs';
import { prepare, root } from './prepare.mjs';
import { say } from './progress.mjs';
import { ProgramFailed, runProgram } from './run-program.mjs';

checkNode();
process.chdir(root);

/** @param {string} file */
const inModules = (file) => path.join(root, 'node_modules', file);
/** @param {readonly string[]} args */
const node = (...args) => runProgram(process.execPath, args);

/** Lets drizzle-kit work on a copy: it has nothing to do unless a table has changed without a migration. */
async function checkMigrations() {
  const copy = path.join('.cache', `migrations-${process.pid}`);
  mkdirSync('.cache', { recursive: true });
  cpSync('drizzle/migrations', copy, { recursive: true });
  try {
    const args = ['generate', '--dialect', 'postgresql', '--schema', './drizzle/schema/*.ts', '--out', copy];
    const output = await node(inModules('drizzle-kit/bin.cjs'), ...args);
    // It exits with 0 even when it could not read the tables.
    if (!output.includes('No schema changes')) {
      throw new ProgramFailed('The tables have changed and no migration says so (npm run generate):', output);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @type {Record<string, () => Promise<unknown>>} */
const checks = {
  'format and lint': () => node(inModules('@biomejs/biome/bin/biome'), 'check'),
  types: () => node(inModules('typescript/bin/tsc'), '-p', '.'),
  'import rules': () => node('--import', 'tsx', 'server/testing/check-imports.ts'),
  'OpenAPI document': () => node('--import', 'tsx', 'server/api/write-openapi.ts', '--check'),
  migrations: checkMigrations,
};

const startedAt = Date.now();
const seconds = () => `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
try {
  await prepare({ server: false, pages: false });
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await check();
        say(`${name}: fine (${seconds()})`);
        return true;
      } catch (error) {
        say(`${name}: not fine (${seconds()})\n${error instanceof Error ? error.message : error}\n`);
        return false;
      }
    }),
  );
  process.exitCode = outcomes.every(Boolean) ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
