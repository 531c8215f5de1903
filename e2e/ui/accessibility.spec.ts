import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import { en } from '@/components/messages/en';
import { textOf } from '@/components/messages/lookup';
import { cookiesOf, type Furnished, furnish } from '../furnish';
import { allPages } from '../pages';
import { startedSystem } from '../started-system';
import { allStates } from '../states';
import { expect, test, waitForScripts } from './test';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Dialogs that are looked at too: those with the most in them. */
const dialogs: readonly string[] = ['door-links+new-window', 'home-members+access-change'];

/** What axe finds on a page as it stands. */
async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (only) => {
    const { axe: tool } = window as unknown as { axe: typeof axe };
    const { violations } = await tool.run(document, { runOnly: only, resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  }, rules);
}

let furnished: Furnished;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  furnished = await furnish(startedSystem());
});
test.afterAll(() => furnished.end());

test('axe finds nothing on any page and in the fullest dialogs, and none is too wide', async ({
  browser,
  viewport,
  system,
}) => {
  // Each page is seen in both themes and at both widths, light on the desktop and dark on the phone.
  const colorScheme = (viewport?.width ?? 0) > 600 ? 'light' : 'dark';
  test.setTimeout(480_000);
  // The pages' policy lets no foreign script in, not even this one.
  const context = await browser.newContext({
    viewport,
    colorScheme,
    bypassCSP: true,
    reducedMotion: 'reduce',
  });
  const visitor = await browser.newContext({
    viewport,
    colorScheme,
    bypassCSP: true,
    reducedMotion: 'reduce',
  });
  await context.addCookies(cookiesOf(furnished, system.url));
  const findings: string[] = [];
  for (const { name, path, isPublic } of allPages(furnished)) {
    const page = await (isPublic ? visitor : context).newPage();
    const answer = await page.goto(`${system.url}${path}`);
    await page.waitForLoadState('load');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const wanted = name.startsWith('missing') ? 404 : 200;
    if (answer?.status() !== wanted) findings.push(`${name}: ${answer?.status()}`);
    const found = await findingsOn(page);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    findings.push(...found.map((finding) => `${name}: ${finding}`));
    if (sideways > 0) findings.push(`${name}: ${sideways} px too wide`);
    await page.close();
  }
  const text = textOf(en);
  waitForScripts(context);
  for (const { name, path, steps } of allStates(furnished).filter((one) => dialogs.includes(one.name))) {
    const page = await context.newPage();
    await page.goto(`${system.url}${path}`);
    for (const step of steps) await step(page, text);
    findings.push(...(await findingsOn(page)).map((finding) => `${name}: ${finding}`));
    await page.close();
  }
  expect(findings).toEqual([]);
  await context.close();
  await visitor.close();
});
