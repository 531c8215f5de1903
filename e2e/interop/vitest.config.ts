import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Clients that nobody has changed, against the running system. Native handles of theirs end with their process. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)) } },
  test: {
    include: ['e2e/interop/*.interop.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
