import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { en } from '@/components/messages/en';
import { type Language, textOf } from '@/components/messages/lookup';
import { nb } from '@/components/messages/nb';
import { languageCookie } from '@/server/domain/language';
import { cookiesOf, type Furnished, furnish } from './furnish';
import { allPages } from './pages';
import startSystem from './start-system';
import { startedSystem } from './started-system';
import { allStates } from './states';
import type { Step } from './steps';

/**
 * Takes the pictures of the product as it is: every page, and every dialog, menu and refusal on it, at two widths in both
 * themes, into a folder (the first argument, `.cache/screenshots` by default); or those of the README with `--readme`.
 * Names after the folder choose pages (`home-members`), all states (`+`), or one state (`home-members+invite`);
 * `--width=390`, `--theme=dark` and `--language=nb` choose further. Needs a build.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    readme: { type: 'boolean' },
    width: { type: 'string' },
    theme: { type: 'string' },
    language: { type: 'string' },
  },
});
const isForReadme = flags.readme === true;
const language: Language = flags.language === 'nb' ? 'nb' : 'en';
const text = textOf(language === 'nb' ? nb : en);
const [folderGiven, ...names] = positionals;
const isWanted = (name: string): boolean =>
  names.length === 0 || names.includes(name) || (names.includes('+') && name.includes('+'));
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
  locale: language === 'nb' ? 'nb-NO' : 'en-GB',
  timezoneId: 'Europe/Oslo',
  reducedMotion: 'reduce' as const,
});

interface Shown {
  name: string;
  path: string;
  isPublic?: boolean;
  /** What is done before the picture; then it shows what can be seen, else the page in its whole length. */
  steps?: readonly Step[];
}

/** Takes one picture and returns what is wrong with it already. */
async function takeOne(context: BrowserContext, { name, path: where, steps }: Shown, file: string) {
  const { url } = startedSystem();
  const page = await context.newPage();
  const notes: string[] = [];
  try {
    const answer = await page.goto(`${url}${where}`);
    await settle(page);
    for (const step of steps ?? []) await step(page, text);
    if (steps !== undefined) await page.waitForTimeout(settleMs / 3);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (answer !== null && answer.status() >= 400 && !name.startsWith('missing'))
      notes.push(`answered ${answer.status()}`);
    if (sideways > 0) notes.push(`${sideways} px too wide`);
  } catch (error) {
    notes.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  await page.screenshot({ path: file, fullPage: steps === undefined });
  await context.setOffline(false);
  await page.close();
  return notes;
}

async function take(
  browser: Browser,
  furnished: Furnished,
  [width, height]: readonly [number, number],
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const { url } = startedSystem();
  const visitor = await browser.newContext(looks(width, height, colorScheme));
  const context = await browser.newContext(looks(width, height, colorScheme));
  await enter(context, url, furnished);
  for (const one of [visitor, context])
    await one.addCookies([{ name: languageCookie, value: language, url }]);
  const shown: Shown[] = [...allPages(furnished), ...allStates(furnished)];
  for (const one of shown.filter(({ name }) => isWanted(name))) {
    const file = path.join(folder, `${one.name}-${width}-${colorScheme}.png`);
    const notes = await takeOne(one.isPublic === true ? visitor : context, one, file);
    process.stdout.write(`${one.name} ${width} ${colorScheme}${notes.map((note) => `: ${note}`).join('')}\n`);
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
      for (const scheme of ['light', 'dark'] as const)
        if (Number(flags.width ?? size[0]) === size[0] && (flags.theme ?? scheme) === scheme)
          await take(browser, furnished, size, scheme);
    }
  }
} finally {
  await browser.close();
  await furnished.end();
  await stop();
}
