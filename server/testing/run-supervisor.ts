import path from 'node:path';
import { readConfig } from '../config';
import { supervise } from '../main/supervisor';

// A supervisor over fake targets in a process of its own, so that a test can signal and kill it.
const fake = path.resolve('server/testing/fake-target.mjs');
await supervise(readConfig(), {
  dev: false,
  command: (target) => [process.execPath, fake, `--target=${target}`],
});
