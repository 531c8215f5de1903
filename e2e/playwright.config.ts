import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: './ui',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './start-system.ts',
  workers: 3,
  retries: 0,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    // Recording slows every test; `--trace=on` makes a trace where one is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      chromiumSandbox: process.getuid?.() !== 0 && process.env.CI === undefined,
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      // The console of the staff is worked at desks; that its pages fit a phone is seen by accessibility.spec.
      // The demo is paired as any lock is, by pages that hubs.spec walks on a phone.
      testIgnore: /\/(projects|staff|support|audit|fleet|demo-pairing)\.spec\.ts$/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
