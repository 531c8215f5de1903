import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: [
      'server/**/*.test.ts',
      'components/**/*.test.ts',
      'e2e/api/**/*.test.ts',
      'e2e/realtime/**/*.test.ts',
    ],
    // Minutes of waiting: `npm run test:faults`.
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    globalSetup: ['server/testing/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As patient as `until`: machines that test are busy.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    isolate: false,
  },
});
