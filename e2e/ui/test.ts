import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { type StartedSystem, startedSystem } from '../started-system';

const takeOverMs = 20_000;

/**
 * What of the page its scripts have not taken over: elements that can be pressed, each as its opening tag, and parts that
 * have been sent and are not shown yet, each as React's mark for it.
 */
const notTakenOver = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    if (document.querySelector('script[src*="/_next/"]') === null) return [];
    // What is rendered has its properties a moment before it listens.
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }));
    const found = [...document.querySelectorAll('main :is(a, button, input, select, textarea)')]
      .filter((element) => !Object.keys(element).some((key) => key.startsWith('__reactProps')))
      .map((element) => (element.cloneNode() as Element).outerHTML);
    const marks = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
    for (let mark = marks.nextNode(); mark !== null; mark = marks.nextNode())
      if (mark.nodeValue === '$?' || mark.nodeValue === '$~') found.push(mark.nodeValue);
    return found;
  });

/** Waits until the page's own scripts have taken over everything that can be pressed; a key pressed before is lost. */
async function takenOver(page: Page): Promise<void> {
  await expect(async () => expect(await notTakenOver(page)).toEqual([])).toPass({
    intervals: [20, 50, 100],
    timeout: takeOverMs,
  });
}

/**
 * Loses every script of a page that its HTML does not name, which are the ones it asks for later. Gives their names, and
 * the way to let them through again.
 */
export async function losePartsOf(page: Page, path: string) {
  const names: string[] = [];
  let html = '';
  await page.route(
    (url) => url.pathname === path,
    async (route) => {
      const response = await route.fetch();
      if (route.request().resourceType() === 'document') html = await response.text();
      await route.fulfill({ response });
    },
  );
  const scripts = '**/_next/static/**/*.js';
  await page.route(scripts, (route) => {
    const name = route.request().url().split('/').at(-1)?.split('?')[0] ?? '';
    if (html.includes(name)) return route.continue();
    names.push(name);
    return route.abort('connectionfailed');
  });
  return { names, end: () => page.unroute(scripts) };
}

/** Presses the mouse and lets go at once: between two commands a busy machine may take as long as a hold. */
export async function pressBriefly(page: Page): Promise<void> {
  await Promise.all([page.mouse.down(), page.mouse.up()]);
}

/** Goes to a control by the Tab key alone, as many steps as it takes from where the focus is. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  const isThere = () => control.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 6 && !(await isThere()); step += 1) await page.keyboard.press('Tab');
  await expect(control).toBeFocused();
}

/**
 * Scrolls to the end of a page, where `last` is, by the End key. Pressed again where nothing came of it: Chromium drops a
 * scroll that begins while a busy page is drawn anew.
 */
export async function scrollToEnd(page: Page, last: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(last).toBeInViewport({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

/**
 * Waits for a page that something pressed leads to, and for its scripts, as `goto` does. What the query names, as the page
 * to go back to after a sign-in, is written out there and is no path that `url` could mean.
 */
export async function arrive(page: Page, url: RegExp): Promise<void> {
  const pathOf = ({ pathname, searchParams }: URL) =>
    searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
  await expect(page).toHaveURL((at) => url.test(pathOf(at)));
  await page.waitForLoadState('load');
  await takenOver(page);
}

/**
 * Makes `goto` and `reload` of a browser's pages wait for the page's scripts. A test of what a page does before its
 * scripts arrive goes there with `waitUntil` and is not kept waiting.
 */
export function waitForScripts(context: BrowserContext): void {
  context.on('page', (page) => {
    const go = page.goto.bind(page);
    const reload = page.reload.bind(page);
    page.reload = async (options) => {
      const answer = await reload(options);
      if (options?.waitUntil === undefined) await takenOver(page);
      return answer;
    };
    page.goto = async (url, options) => {
      const answer = await go(url, options);
      if (options?.waitUntil === undefined) await takenOver(page);
      return answer;
    };
  });
}

/** Playwright's test, with the system that was started and its address as the base of every path. */
export const test = base.extend<{ system: StartedSystem }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  system: async ({}, use) => use(startedSystem()),
  baseURL: async ({ system }, use) => use(system.url),
  context: async ({ context }, use) => {
    waitForScripts(context);
    await use(context);
  },
});

export { expect };
