import { chmodSync } from 'node:fs';
import { cp, lstat, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseAccount, succeedsAs } from './account';
import { findPackage, prepareBinaries } from './binaries';

const isRoot = process.getuid?.() === 0;
let base: string;
let packageFolder: string;
let spare: string;

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'latchkey-test-'));
  chmodSync(base, 0o755);
  packageFolder = path.join(base, 'checkout/postgres');
  spare = path.join(base, 'spare');
  await mkdir(spare, { mode: 0o755 });
  // As npm leaves it when it may not run scripts: without symbolic links.
  await cp(findPackage(), packageFolder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: async (file) => !(await lstat(file)).isSymbolicLink(),
  });
});

afterAll(() => rm(base, { recursive: true, force: true }));

it('runs the programs where they lie, and copies them when their user cannot get there', async () => {
  const account = chooseAccount(path.join(base, 'none'));
  const prepare = () => prepareBinaries(account, async () => spare, packageFolder);
  const inPlace = await prepare();
  expect(inPlace.folder).toBe(path.join(packageFolder, 'native'));

  chmodSync(path.join(base, 'checkout'), 0o700);
  const closed = await prepare();
  expect(closed.folder.startsWith(isRoot ? spare : packageFolder)).toBe(true);
  expect(succeedsAs(account, closed.postgres, ['--version'], closed.environment)).toBe(true);

  const links = JSON.parse(await readFile(path.join(closed.folder, 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  for (const { target } of links) {
    expect((await lstat(path.join(closed.folder, '..', target))).isSymbolicLink()).toBe(true);
  }
  // The copy is made once.
  const first = await lstat(closed.postgres);
  expect((await lstat((await prepare()).postgres)).ino).toBe(first.ino);
});
