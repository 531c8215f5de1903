import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Bad luck that takes its time: outages of a minute, pairings that are broken off (`npm run test:faults`). */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['server/**/*.long.test.ts'],
    globalSetup: ['server/testing/global-setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 480_000,
    // Each has programs and a system of its own, and the machine to itself.
    maxWorkers: 1,
  },
});
