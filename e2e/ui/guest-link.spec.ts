import type { Page } from '@playwright/test';
import { send } from '@/server/testing/api-client';
import { expect, type Household, test } from './household';
import { pressBriefly } from './test';

/** A link of the household's door as its owner makes it; `path` holds the token. */
async function makeLink(url: string, household: Household, body: object = {}) {
  const made = await send(url, 'POST', '/temp-keys', {
    token: household.person.token,
    body: {
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2100-01-01T00:00:00Z',
      doors: [{ lockId: household.lock.id }],
      ...body,
    },
  });
  expect(made.status).toBe(201);
  const { uuid, pin } = made.body as { uuid: string; pin: string | null };
  return { uuid, pin: pin ?? '', path: new URL(made.body.url as string).pathname };
}

/** A link of the household's door and of a second one that has no lock on the wire. */
async function linkOfTwo(url: string, household: Household) {
  const other = await household.factory.lock(household.homeId, 'Garden gate');
  const doors = [household.lock, other].map(({ id }) => ({ lockId: id }));
  return { other, ...(await makeLink(url, household, { doors })) };
}

/** What the page sends from now on, so that a test can tell that it sent nothing. */
function postsOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  return sent;
}

const holdButton = (page: Page) => page.getByRole('button', { name: /^(Hold|Keep holding|On its way)/ });
async function openInTwoSteps(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cannot hold? Open in two steps' }).click();
  await page.getByRole('button', { name: 'Yes, open' }).click();
}
const note = (page: Page) => page.locator('#note');

test('a guest without an account holds the button and sees the bolt reported open', async ({
  page,
  household,
  system,
}) => {
  const { path } = await makeLink(system.url, household);
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'Sea door' })).toBeVisible();
  await holdButton(page).hover();
  const asked = page.waitForRequest((request) => request.url().endsWith('/open'));
  await page.mouse.down();
  await asked;
  await page.mouse.up();
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
  for (const name of ['Sent', 'Accepted', 'Confirmed']) {
    await expect(page.getByRole('listitem').filter({ hasText: name })).toHaveText(/\d+ ms|\d+[.,]?\d* s/);
  }
  expect(household.virtual.actuations).toBe(1);
});

test('letting go too early sends nothing', async ({ page, household, system }) => {
  const { path } = await makeLink(system.url, household);
  const sent = postsOf(page);
  await page.goto(path);
  await holdButton(page).hover();
  await pressBriefly(page);
  await expect(note(page)).toHaveText('Released too early. Nothing was sent.');
  expect(sent).toEqual([]);
  expect(household.virtual.actuations).toBe(0);
});

test('the keyboard alone opens it, by holding Space', async ({ page, household, system }) => {
  const { path } = await makeLink(system.url, household);
  await page.goto(path);
  await holdButton(page).focus();
  const asked = page.waitForRequest((request) => request.url().endsWith('/open'));
  await page.keyboard.down('Space');
  await asked;
  await page.keyboard.up('Space');
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
});

test('who cannot hold opens in two steps', async ({ page, household, system }) => {
  const { path } = await makeLink(system.url, household);
  await page.goto(path);
  await openInTwoSteps(page);
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
});

test('a key that is held a little long does not answer the question it asked', async ({
  page,
  household,
  system,
}) => {
  const { path } = await makeLink(system.url, household);
  const sent = postsOf(page);
  await page.goto(path);
  const yes = page.getByRole('button', { name: 'Yes, open' });
  await page.getByRole('button', { name: 'Cannot hold? Open in two steps' }).focus();
  await page.keyboard.down('Enter');
  await expect(yes).toBeFocused();
  for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(yes).toBeFocused();
  expect(sent).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
  expect(household.virtual.actuations).toBe(1);
});

test('a question asked of one door never opens another', async ({ page, household, system }) => {
  const { path } = await linkOfTwo(system.url, household);
  const sent = postsOf(page);
  await page.goto(path);
  const ask = page.getByRole('button', { name: 'Cannot hold? Open in two steps' });
  await ask.click();
  await expect(page.getByText('Open Sea door now?')).toBeVisible();
  await page.getByRole('radio', { name: 'Garden gate' }).click();
  await expect(page.getByRole('button', { name: 'Yes, open' })).toBeHidden();
  await expect(note(page)).toHaveText('Not answered. Nothing was sent.');
  await expect(page.getByRole('radio', { name: 'Garden gate' })).toBeFocused();
  expect(sent).toEqual([]);
  await ask.click();
  await expect(page.getByText('Open Garden gate now?')).toBeVisible();
});

test('without a script it opens by a form and a question', async ({ browser, household, system }) => {
  const { path } = await makeLink(system.url, household);
  const context = await browser.newContext({ baseURL: system.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('Open Sea door now?')).toBeVisible();
  expect(household.virtual.actuations).toBe(0);
  await page.getByRole('button', { name: 'Yes, open' }).click();
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
  expect(household.virtual.actuations).toBe(1);
  await context.close();
});

test('a link that is taken back closes the open page by itself', async ({ page, household, system }) => {
  const { path, uuid } = await makeLink(system.url, household);
  await page.goto(path);
  await expect(holdButton(page)).toBeVisible();
  await send(system.url, 'DELETE', `/temp-keys/${uuid}`, { token: household.person.token });
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  await expect(page.getByText('Quay 7')).toHaveCount(0);
});

test('a door with a code asks for the PIN', async ({ page, household, system }) => {
  const doors = [{ lockId: household.lock.id, accessMethod: 'code' }];
  const { path, pin } = await makeLink(system.url, household, { doors });
  await page.goto(path);
  await page.getByLabel('PIN').fill(pin === '111111' ? '222222' : '111111');
  await openInTwoSteps(page);
  await expect(note(page)).toHaveText(/^That PIN is not right\. Nothing was sent\.Reference: \S+$/);
  await page.getByLabel('PIN').fill(pin);
  await openInTwoSteps(page);
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
  expect(household.virtual.actuations).toBe(1);
});

const drawnBolt = (page: Page) => page.locator('svg.stage');

test('of two doors the one that was opened is named and drawn open, and no other', async ({
  page,
  household,
  system,
}) => {
  const { path } = await linkOfTwo(system.url, household);
  await page.goto(path);
  let go = () => {};
  const chosen = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/openings/*', async (route) => {
    await chosen;
    await route.continue();
  });
  await openInTwoSteps(page);
  await page.getByRole('radio', { name: 'Garden gate' }).click();
  go();
  await expect(note(page)).toHaveText('Sea door: Open. The bolt was reported open.');
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'unknown');
  await page.getByRole('radio', { name: 'Sea door' }).click();
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'in');
});

test('a page that stays open goes with the door, its lock and the uses left', async ({
  page,
  household,
  system,
}) => {
  const { path } = await makeLink(system.url, household, { maxUses: 3 });
  await page.goto(path);
  const warning = page.getByText('The lock cannot be reached at the moment.');
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'out');
  await expect(page.getByText('3 openings left')).toBeVisible();
  household.virtual.control.turnByHand('UNLOCKED');
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'in');
  await household.virtual.control.goAway();
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'unknown');
  await expect(warning).toBeVisible();
  household.virtual.control.comeBack();
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'in');
  await expect(warning).toBeHidden();
  await fetch(`${system.url}${path}/open`, { method: 'POST', redirect: 'manual' });
  await expect(page.getByText('2 openings left')).toBeVisible();
  await page.route('**/state', (route) => route.abort());
  await expect(drawnBolt(page)).toHaveAttribute('data-lock', 'unknown');
});

test('a page that was cut off says so, and nothing of the lock', async ({ page, household, system }) => {
  const { path } = await makeLink(system.url, household);
  await page.goto(path);
  await page.route('**/openings/*', (route) => route.abort());
  await openInTwoSteps(page);
  await expect(note(page)).toContainText('The connection was lost before the answer of the lock came.', {
    timeout: 15_000,
  });
  await expect(holdButton(page)).toBeEnabled();
});

test('after a fault of the service the page looks up what became of the request', async ({
  page,
  household,
  system,
}) => {
  const { path } = await makeLink(system.url, household);
  await page.goto(path);
  const fault = { status: 500, json: { success: false } };
  await page.route('**/open', async (route) => {
    await route.fetch();
    await route.fulfill(fault);
  });
  await openInTwoSteps(page);
  await expect(note(page)).toHaveText('Open. The bolt was reported open.');
  await page.unroute('**/open');
  await page.route('**/open', (route) => route.fulfill(fault));
  await openInTwoSteps(page);
  await expect(note(page)).toHaveText('Not possible right now.');
  expect(household.virtual.actuations).toBe(1);
});

test('a service that is away for a moment takes nothing from the page', async ({
  page,
  household,
  system,
}) => {
  const doors = [{ lockId: household.lock.id, accessMethod: 'code' }];
  const { path, uuid } = await makeLink(system.url, household, { doors });
  await page.goto(path);
  await page.getByLabel('PIN').fill('4711');
  await page.route('**/state', (route) => route.fulfill({ status: 503, json: { success: false } }));
  for (let answers = 0; answers < 2; answers += 1)
    await page.waitForResponse((answer) => answer.url().endsWith('/state') && answer.status() === 503);
  await page.unroute('**/state');
  await page.waitForResponse((answer) => answer.url().endsWith('/state') && answer.ok());
  await expect(page.getByLabel('PIN')).toHaveValue('4711');
  await send(system.url, 'DELETE', `/temp-keys/${uuid}`, { token: household.person.token });
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
});

test('everything a thumb must hit is large enough, and nothing spills over', async ({
  page,
  household,
  system,
}) => {
  const { path } = await linkOfTwo(system.url, household);
  await page.goto(path);
  for (const target of await page.locator('button:visible, label.door').all()) {
    const box = await target.boundingBox();
    expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
    expect(box?.width ?? 0).toBeGreaterThanOrEqual(44);
  }
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(spill).toBeLessThanOrEqual(0);
});
