import { expect, goLive, holdButton, holdToOpen, test } from './household';
import { losePartsOf, pressBriefly } from './test';

const steps = (page: import('@playwright/test').Page) =>
  page.getByRole('list', { name: 'Steps of an opening' });

test('holding the button walks sent, accepted, confirmed, each with its clock', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await holdToOpen(page);
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
  for (const name of ['Sent', 'Accepted', 'Confirmed']) {
    await expect(steps(page).getByRole('listitem').filter({ hasText: name })).toHaveText(
      /\d+ ms|\d+[.,]\d s/,
    );
  }
  await expect(page.getByText('Unlocked').first()).toBeVisible();
  await expect(page.getByText('Alex Berg (you)')).toBeVisible();
  expect(household.virtual.actuations).toBe(1);
});

test('letting go too early sends nothing and says so', async ({ page, context, household }) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/OpenLock')) sent.push(request.url());
  });
  await holdButton(page).hover();
  await pressBriefly(page);
  await expect(page.getByText(/Released too early|now\?/).first()).toBeVisible();
  expect(sent).toEqual([]);
  expect(household.virtual.actuations).toBe(0);
});

test('what was said of a hold before the scripts arrived is still said after', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`/dashboard/locks/${household.lock.id}`, { waitUntil: 'commit' });
  await holdButton(page).hover();
  await pressBriefly(page);
  await expect(page.locator('[data-early-status]')).toHaveText(/Released too early/);
  release();
  await expect(page.locator('[data-early-status]')).toHaveText('');
  await expect(page.getByText('Released too early')).toBeVisible();
  expect(household.virtual.actuations).toBe(0);
});

test('the door opens by keyboard alone, by holding Space', async ({ page, context, household }) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await holdButton(page).focus();
  const asked = page.waitForRequest((request) => request.url().endsWith('/OpenLock'));
  await page.keyboard.down('Space');
  await asked;
  await page.keyboard.up('Space');
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
  expect(household.virtual.actuations).toBe(1);
});

test('who cannot hold opens in two steps', async ({ page, context, household }) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await page.getByRole('button', { name: 'Cannot hold? Open in two steps' }).click();
  await page.getByRole('button', { name: 'Yes, open' }).click();
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
});

test('a key that is held down asks the question and does not answer it', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/OpenLock')) sent.push(request.url());
  });
  await page.getByRole('button', { name: 'Cannot hold? Open in two steps' }).focus();
  await page.keyboard.down('Enter');
  const yes = page.getByRole('button', { name: 'Yes, open' });
  await expect(yes).toBeFocused();
  for (let count = 0; count < 5; count += 1) await page.keyboard.down('Enter');
  await expect(yes).toBeFocused();
  expect(sent).toEqual([]);
  await page.keyboard.up('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
  await expect(holdButton(page)).toBeFocused();
  expect(sent).toHaveLength(1);
  expect(household.virtual.actuations).toBe(1);
});

test('a page that loses its network does not say that the lock never answered', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  // From the handing over on nothing arrives any more: neither news nor what is asked for.
  await page.routeWebSocket(/socket\.io/, () => {});
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const isHere = (url: URL) => url.pathname === `/locks/${household.lock.id}`;
  await page.route(isHere, (route) => route.abort('internetdisconnected'));
  await page.route('**/socket.io/**', (route) => route.abort('internetdisconnected'));
  await holdToOpen(page);
  await expect.poll(() => household.virtual.actuations).toBe(1);
  await expect(page.getByText(/This page was cut off and has not heard/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('The lock never answered', { exact: false })).toHaveCount(0);
  await page.unroute(isHere);
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible({ timeout: 20_000 });
});

test('a guest is told when the access counts, and gets and loses the button at its time without a reload', async ({
  page,
  context,
  household,
}) => {
  const { factory, homeId, lock, person } = household;
  const guest = await factory.person(person.user.projectId, 'Gry');
  await factory.member(homeId, guest, 'guest');
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000);
  await factory.grant(lock.id, guest, { validFrom: inSeconds(12), validUntil: inSeconds(20) });
  await household.enter(context, guest);
  await page.goto(`/dashboard/locks/${lock.id}`);
  await expect(page.getByText(/^Your access counts from /)).toBeVisible();
  await expect(holdButton(page)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Your access to this door has ended.', { exact: false })).toBeVisible({
    timeout: 20_000,
  });
  await expect(holdButton(page)).toHaveCount(0);
});

test('a second window on the same home sees the door move', async ({ page, context, household }) => {
  const { page: watching } = await household.neighbour('Jo');
  await goLive(watching, '/dashboard');
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await holdToOpen(page);
  await expect(watching.getByText('Unlocked', { exact: true })).toBeVisible();
});

test('a jammed bolt is told as jammed, never as open', async ({ page, context, household }) => {
  household.virtual.control.jam();
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await holdToOpen(page);
  await expect(page.getByText('Did not open').first()).toBeVisible();
  await expect(page.getByText('The bolt was reported open.')).toHaveCount(0);
});

test('an unreachable lock stays at "sent", is "not confirmed" in the end, and never fires later', async ({
  page,
  context,
  household,
}) => {
  await household.virtual.control.goAway();
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  // Said above the button, which makes room for it.
  await expect(page.getByText(/The lock is out of reach\. A request is withdrawn/)).toBeVisible();
  await holdToOpen(page);
  await expect(page.getByText('Sent, not open yet')).toBeVisible();
  await expect(page.getByText(/Not confirmed|Withdrawn/).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('The bolt was reported open.')).toHaveCount(0);
  household.virtual.control.comeBack();
  await household.virtual.ready();
  await expect(page.getByText('Unlocked')).toHaveCount(0);
  expect(household.virtual.actuations).toBe(0);
});

test('the gesture works when the scripts of the page never arrive', async ({ page, context, household }) => {
  await household.enter(context);
  await page.route('**/_next/static/chunks/*.js', (route) => route.abort());
  await page.goto(`/dashboard/locks/${household.lock.id}`, { waitUntil: 'load' });
  await holdToOpen(page);
  await expect(page.locator('[data-early-status]')).toHaveText(/open/i);
  await expect.poll(() => household.virtual.actuations).toBe(1);
});

test('a script beside the door that does not arrive takes nothing else away, and is asked for again', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  const path = `/dashboard/locks/${household.lock.id}`;
  const lost = await losePartsOf(page, path);
  await page.goto(path);
  await expect.poll(() => lost.names.length).toBeGreaterThan(1);
  await holdToOpen(page);
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
  await expect(page.getByText('did not load')).toHaveCount(0);
  const beside = page.getByRole('region', { name: 'Looks by support' });
  await expect(beside).toHaveCount(0);
  await lost.end();
  await expect(beside).toBeAttached({ timeout: 15_000 });
});

test('an answer that is lost on the way is asked for again with the same request', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const bodies: string[] = [];
  await page.route('**/OpenLock', async (route) => {
    bodies.push(route.request().postData() ?? '');
    if (bodies.length > 1) return route.continue();
    // It arrives, but its answer does not.
    await route.fetch();
    return route.abort('connectionreset');
  });
  await holdToOpen(page);
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
  await expect.poll(() => bodies.length).toBeGreaterThan(1);
  expect(new Set(bodies.map((body) => JSON.parse(body).requestId)).size).toBe(1);
  expect(household.virtual.actuations).toBe(1);
});
