import { spawn } from 'node:child_process';
import { checkNode } from './install.mjs';
import { prepare, root } from './prepare.mjs';
import { say } from './progress.mjs';

checkNode();
process.chdir(root);
try {
  await prepare({ server: false, pages: false });
  const { findMosquitto } = await import('../testing/find-mosquitto.mjs');
  const program = await findMosquitto(say);
  say(`mosquitto: ${program}`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'e2e/interop/vitest.config.ts'];
  const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, MOSQUITTO_PATH: program },
  });
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
