import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkNode } from './install.mjs';
import { prepare, root } from './prepare.mjs';
import { say } from './progress.mjs';

/** Runs a program of `e2e` on the built product, with a browser at hand: the name comes first, then its arguments. */
checkNode();
process.chdir(root);
const [name = '', ...rest] = process.argv.slice(2);
try {
  await prepare({ server: true, pages: true });
  const { findBrowser } = await import('../testing/find-browser.mjs');
  const browser = await findBrowser(say);
  const args = ['--import', 'tsx', path.join(root, 'e2e', `${name}.ts`), ...rest];
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: browser },
  });
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
