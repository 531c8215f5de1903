import { test as base } from '@playwright/test';
import { type StartedSystem, startedSystem } from '../started-system';

/** Playwright's test, with the system that was started and its address as the base of every path. */
export const test = base.extend<{ system: StartedSystem }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  system: async ({}, use) => use(startedSystem()),
  baseURL: async ({ system }, use) => use(system.url),
});

export { expect } from '@playwright/test';
