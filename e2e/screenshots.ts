import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { cookiesOf, type Furnished, furnish } from './furnish';
import { allPages } from './pages';
import startSystem from './start-system';
import { startedSystem } from './started-system';

/**
 * Takes the pictures of the product as it is: every page at two widths in both themes into a folder (the first argument,
 * `.cache/screenshots` by default; names after it choose pages), or those of the README with `--readme`. Needs a build.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const isForReadme = process.argv.includes('--readme');
const [folderGiven, ...names] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folder = isForReadme
  ? path.join(root, 'public/screenshots')
  : path.resolve(folderGiven ?? path.join(root, '.cache/screenshots'));

const enter = (context: BrowserContext, url: string, furnished: Furnished): Promise<void> =>
  context.addCookies(cookiesOf(furnished, url));

/** Time for the scripts to take over and the live connection to stand; pages that are live are never idle. */
const settleMs = 1_200;

/** Until nothing moves any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForTimeout(settleMs);
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))),
  );
}

/** A browser as people of this width and theme have it; nothing moves in a picture. */
const looks = (width: number, height: number, colorScheme: 'light' | 'dark') => ({
  viewport: { width, height },
  colorScheme,
  hasTouch: width < 600,
  locale: 'en-GB',
  timezoneId: 'Europe/Oslo',
  reducedMotion: 'reduce' as const,
});

async function take(
  browser: Browser,
  furnished: Furnished,
  [width, height]: readonly [number, number],
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const { url } = startedSystem();
  const context = await browser.newContext(looks(width, height, colorScheme));
  await enter(context, url, furnished);
  const visitor = await browser.newContext(looks(width, height, colorScheme));
  for (const { name, path: where, isPublic } of allPages(furnished)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const page = await (isPublic ? visitor : context).newPage();
    const answer = await page.goto(`${url}${where}`);
    await settle(page);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    const notes = [
      ...(answer !== null && answer.status() >= 400 && name !== 'missing'
        ? [`answered ${answer.status()}`]
        : []),
      ...(sideways > 0 ? [`${sideways} px too wide`] : []),
    ];
    process.stdout.write(`${name} ${width} ${colorScheme}${notes.map((note) => `: ${note}`).join('')}\n`);
    await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await page.close();
  }
  await context.close();
  await visitor.close();
}

/** The door just opened, who can open it, and a home, for the README. */
async function takeReadme(browser: Browser, furnished: Furnished): Promise<void> {
  const { url } = startedSystem();
  const context = await browser.newContext(looks(1120, 760, 'light'));
  await enter(context, url, furnished);
  const page = await context.newPage();
  const door = `${url}/dashboard/locks/${furnished.lockId}`;
  await page.goto(door);
  const button = page.getByRole('button', { name: /^Hold to/ });
  await button.hover();
  const asked = page.waitForRequest((request) => request.url().endsWith('/OpenLock'));
  await page.mouse.down();
  await asked;
  await page.mouse.up();
  await page.getByText('The bolt was reported open.').first().waitFor();
  await page.screenshot({ path: path.join(folder, 'door.png') });
  for (const [name, where] of [
    ['home', `${url}/dashboard/homes/${furnished.homeId}`],
    ['access', `${door}/access`],
  ] as const) {
    await page.goto(where);
    await settle(page);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
const stop = await startSystem();
const furnished = await furnish(startedSystem());
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  if (isForReadme) await takeReadme(browser, furnished);
  else {
    for (const size of [
      [1280, 800],
      [390, 844],
    ] as const) {
      for (const scheme of ['light', 'dark'] as const) await take(browser, furnished, size, scheme);
    }
  }
} finally {
  await browser.close();
  await furnished.end();
  await stop();
}
