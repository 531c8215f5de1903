import { fileURLToPath } from 'node:url';
import { readConfig } from '../config';
import { supervise } from '../main/supervisor';

// A supervisor over fake targets in a process of its own, so that a test can signal and kill it.
const fake = fileURLToPath(new URL('./fake-target.mjs', import.meta.url));
await supervise(readConfig(), {
  dev: false,
  command: (target) => [process.execPath, fake, `--target=${target}`],
});
