import { test as base, type Page } from '@playwright/test';
import { type StartedSystem, startedSystem } from '../started-system';

const takeOverMs = 10_000;

/**
 * Waits until the page's own scripts have taken over everything that can be pressed. A key that is pressed before is
 * lost, on the door page alone it is not: whoever tests that goes there with `waitUntil` and is not kept waiting.
 */
async function takenOver(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('script[src*="/_next/"]') === null ||
      [...document.querySelectorAll('main :is(a, button, input, select, textarea)')].every((element) =>
        Object.keys(element).some((key) => key.startsWith('__reactProps')),
      ),
    undefined,
    { timeout: takeOverMs },
  );
}

/** Playwright's test, with the system that was started and its address as the base of every path. */
export const test = base.extend<{ system: StartedSystem }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  system: async ({}, use) => use(startedSystem()),
  baseURL: async ({ system }, use) => use(system.url),
  context: async ({ context }, use) => {
    context.on('page', (page) => {
      const go = page.goto.bind(page);
      page.goto = async (url, options) => {
        const answer = await go(url, options);
        if (options?.waitUntil === undefined) await takenOver(page);
        return answer;
      };
    });
    await use(context);
  },
});

export { expect } from '@playwright/test';
