import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import startSystem from './start-system';
import { startedSystem } from './started-system';

/**
 * Takes the pictures of the product as it is: every page at two widths in both themes into a folder (the first
 * argument), and the one of the README with `--readme`. Run it with `npx tsx e2e/screenshots.ts <folder>` after a build.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const isForReadme = process.argv.includes('--readme');
const folder = isForReadme
  ? path.join(root, 'public/screenshots')
  : path.resolve(process.argv[2] ?? '.cache/screenshots');

async function signIn(page: Page, { url, email, password }: ReturnType<typeof startedSystem>): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/dashboard');
}

async function openDoor(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: /^Hold to/ });
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  const asked = page.waitForRequest((request) => request.url().endsWith('/OpenLock'));
  await page.mouse.down();
  await asked;
  await page.mouse.up();
  await page.getByText('The bolt was reported open.').first().waitFor();
}

async function take(
  browser: Browser,
  width: number,
  height: number,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const system = startedSystem();
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    hasTouch: width < 600,
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
  });
  const page = await context.newPage();
  const shoot = (name: string) =>
    page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  await page.goto(`${system.url}/sign-in`);
  await shoot('sign-in');
  await signIn(page, system);
  await page.getByText('Locked').first().waitFor();
  await shoot('dashboard');
  await page.getByRole('link', { name: /Front door/ }).click();
  await page.getByRole('button', { name: /^Hold to/ }).waitFor();
  await page.screenshot({ path: path.join(folder, `door-fold-${width}-${colorScheme}.png`) });
  await openDoor(page);
  await shoot('door-open');
  // The demo's lock closes by itself; the next visitor starts from a locked door.
  await page.getByText('Locked', { exact: true }).first().waitFor();
  await context.close();
}

async function takeReadme(browser: Browser): Promise<void> {
  const system = startedSystem();
  const page = await browser.newPage({
    viewport: { width: 1120, height: 760 },
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
  });
  await signIn(page, system);
  await page.getByRole('link', { name: /Front door/ }).click();
  await openDoor(page);
  await page.screenshot({ path: path.join(folder, 'door.png') });
}

mkdirSync(folder, { recursive: true });
const stop = await startSystem();
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  if (isForReadme) await takeReadme(browser);
  else {
    for (const [width, height] of [
      [1280, 800],
      [390, 844],
    ] as const) {
      for (const scheme of ['light', 'dark'] as const) await take(browser, width, height, scheme);
    }
  }
} finally {
  await browser.close();
  await stop();
}
