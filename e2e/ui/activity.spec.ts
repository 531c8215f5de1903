import { readFile } from 'node:fs/promises';
import { lockPast } from '@/server/testing/lock-past';
import { expect, holdToOpen, test } from './household';

const lines = (page: import('@playwright/test').Page) =>
  page.getByRole('list', { name: 'Activity, newest first' }).getByRole('listitem');

test('a refusal stands in the log of the owner while the guest is turned away', async ({
  page,
  context,
  household,
  system,
}) => {
  const guest = await household.factory.person(household.person.user.projectId, 'Gus');
  await household.factory.member(household.homeId, guest, 'guest');
  await household.enter(context);
  const live = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.goto(`/dashboard/homes/${household.homeId}/activity`);
  await expect(page.getByText('Nobody has asked for a door yet')).toBeVisible();
  await live;
  const answer = await fetch(`${system.url}/locks/${household.lock.id}/OpenLock`, {
    method: 'POST',
    headers: { Authorization: `ModeCloud ${guest.token}`, 'Content-Type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(403);
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page)).toContainText('Gus');
  await expect(lines(page)).toContainText('Refused');
  await expect(lines(page)).toContainText('They have no right to open this door.');
});

test('a filter stands in the address, and the export holds exactly what it lets through', async ({
  page,
  context,
  household,
}) => {
  const guest = await household.factory.person(household.person.user.projectId, 'Gus');
  await household.factory.member(household.homeId, guest, 'guest');
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await holdToOpen(page);
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
  await page.request.post(`/locks/${household.lock.id}/OpenLock`, {
    headers: { Authorization: `ModeCloud ${guest.token}` },
    data: {},
  });
  await page.goto(`/dashboard/locks/${household.lock.id}/activity`);
  await expect(lines(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Filter' }).press('Enter');
  await page.getByLabel('Outcome').selectOption('Opened');
  await expect(page).toHaveURL(/\?outcome=opened$/);
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page)).toContainText('Alex Berg (you)');
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  const text = await readFile(await (await started).path(), 'utf8');
  const records = text.trimEnd().split('\r\n');
  expect(records).toHaveLength(2);
  expect(records[0]).toMatch(/^\uFEFFtime,door,who,as,how,outcome/);
  expect(records[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00,Sea door,Alex Berg,user,page,confirmed,/);
  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(lines(page)).toHaveCount(2);

  // Faster than the pages come: no choice is lost, and the export asks for what was chosen.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    (url) => url.searchParams.has('_rsc'),
    async (route) => {
      await held;
      await route.continue();
    },
  );
  await page.getByLabel('Outcome').selectOption('Opened');
  await page.getByLabel('From', { exact: true }).fill('2020-01-02');
  await page.getByLabel('Outcome').focus();
  await expect(page.getByLabel('Outcome')).toHaveValue('opened');
  const chosen = /\?outcome=opened&from=2020-01-02$/;
  await expect(page.getByRole('link', { name: 'Export as CSV' })).toHaveAttribute('href', chosen);
  release();
  await expect(page).toHaveURL(chosen);
  await expect(lines(page)).toHaveCount(1);
  await page.goBack();
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('');
});

test('a guest finds what the guest did, and nothing of anybody else', async ({
  page,
  context,
  household,
}) => {
  const { factory, lock } = household;
  const guest = await factory.person(household.person.user.projectId, 'Gus');
  await factory.member(household.homeId, guest, 'guest');
  await factory.grant(lock.id, guest);
  for (const who of [household.person, guest]) {
    await page.request.post(`/locks/${lock.id}/OpenLock`, {
      headers: { Authorization: `ModeCloud ${who.token}` },
      data: {},
    });
  }
  await household.enter(context, guest);
  await page.goto(`/dashboard/locks/${lock.id}/activity`);
  await expect(lines(page)).toHaveCount(1);
  await expect(lines(page)).toContainText('Gus (you)');
  await expect(page.getByText('Alex Berg')).toHaveCount(0);
  await page.goto(`/dashboard/homes/${household.homeId}/activity?who=user:${household.person.user.id}`);
  await expect(page.getByText('Nothing matches this filter')).toBeVisible();
  await expect(page.getByText('Alex Berg')).toHaveCount(0);
  const [home, door] = [`/dashboard/homes/${household.homeId}`, `/dashboard/locks/${lock.id}`];
  const closed = ['members', 'settings', 'devices', 'locks'].map((part) => `${home}/${part}`);
  for (const path of [...closed, `${door}/settings`, `${door}/activity/condition`, `${home}/devices/9`])
    expect([path, (await page.request.get(path)).status()]).toEqual([path, 404]);
});

test('a bolt turned by hand stands in the log at once, and battery and door have their past', async ({
  page,
  context,
  household,
}) => {
  const { factory, lock, homeId, virtual } = household;
  await household.enter(context);
  await lockPast(factory, { lockId: lock.id, homeId });
  const live = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.goto(`/dashboard/locks/${lock.id}/activity`);
  await expect(lines(page)).toHaveCount(4);
  await expect(lines(page).first()).toContainText('The door was left open');
  await expect(lines(page).last()).toContainText('code number 2');
  await live;
  virtual.control.turnByHand('UNLOCKED');
  await expect(lines(page)).toHaveCount(5);
  await expect(lines(page).first()).toContainText('Unlocked by hand');
  await page.getByRole('link', { name: 'Battery and door' }).click();
  await expect(page.getByText(/^Lasts about \d+ more months/)).toBeVisible();
  const curve = page.getByRole('slider', { name: 'Charge of the battery over 30 days' });
  await curve.focus();
  await page.keyboard.press('Home');
  await expect(curve).toHaveAttribute('aria-valuetext', /^\d+ %, \d+ \w+$/);
  await page.getByRole('button', { name: '90 days' }).click();
  await expect(page.getByRole('slider', { name: 'Charge of the battery over 90 days' })).toBeVisible();
  const times = page.getByRole('list', { name: 'Times that the door stood open, newest first' });
  await expect(times.getByRole('listitem')).toHaveCount(11);
  virtual.control.setDoor('OPEN');
  await expect(times.getByRole('listitem')).toHaveCount(12);
  await expect(times.getByRole('listitem').first()).toContainText('still open');
});

test('what somebody wants to hear of a door is chosen by keyboard and kept', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto('/dashboard/notifications');
  const opened = page.getByRole('checkbox', { name: 'Opened: E-mail' });
  const jammed = page.getByRole('checkbox', { name: 'Jammed: Push' });
  await expect(opened).not.toBeChecked();
  await expect(jammed).toBeChecked();
  // The second is chosen while the first is on its way, and waits for its turn.
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/userSession/notifications', async (route) => {
    await held;
    await route.continue();
  });
  const saved: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/userSession/notifications')) saved.push(answer.status());
  });
  for (const box of [opened, jammed]) {
    await box.focus();
    await page.keyboard.press('Space');
  }
  await expect(opened).toBeChecked();
  await expect(jammed).not.toBeChecked();
  go();
  await expect.poll(() => saved).toEqual([204, 204]);
  await page.reload();
  await expect(opened).toBeChecked();
  await expect(jammed).not.toBeChecked();
});

test('a choice that is not saved is taken back', async ({ page, context, household }) => {
  await household.enter(context);
  await page.goto('/dashboard/notifications');
  await page.route('**/userSession/notifications', (route) => route.fulfill({ status: 503, body: '{}' }));
  const opened = page.getByRole('checkbox', { name: 'Opened: Push' });
  await opened.click();
  await expect(page.getByText('Not possible right now')).toBeVisible();
  await expect(opened).not.toBeChecked();
});

test('without a network the app says so, keeps nothing of a door, and comes back', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js', { scope: '/' });
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sea door' })).toBeVisible();
  await context.setOffline(true);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await expect(page.getByRole('heading', { name: 'This device is offline' })).toBeVisible();
  await expect(page.getByText('Sea door')).toHaveCount(0);
  const kept = await page.evaluate(async () => {
    const addresses: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) addresses.push(new URL(url).pathname);
    return addresses.filter((path) => !path.startsWith('/_next/static/') && !path.startsWith('/offline/'));
  });
  expect(kept).toEqual([]);
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'Sea door' })).toBeVisible();
  expect(household.virtual.actuations).toBe(0);
});

test('the app can be installed: its manifest names icons that are there', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto('/dashboard');
  const link = page.locator('link[rel=manifest]');
  await expect(link).toHaveAttribute('crossorigin', 'use-credentials');
  const manifest = await (await page.request.get((await link.getAttribute('href')) ?? '')).json();
  expect(manifest).toMatchObject({ name: 'Latchkey', start_url: '/dashboard', display: 'standalone' });
  for (const { src } of manifest.icons) expect((await page.request.get(src)).ok()).toBe(true);
  const worker = await page.request.get('/sw.js');
  expect(worker.headers()).toMatchObject({ 'cache-control': 'no-cache', 'service-worker-allowed': '/' });
});
