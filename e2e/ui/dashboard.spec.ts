import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { send } from '@/server/testing/api-client';
import { expect, test } from './household';

const answer = (page: Page) => page.getByRole('main').getByRole('status').first();
const attention = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Needs attention' }).getByRole('listitem').filter({ hasText: name });

test('all doors are called locked only while every one is known to be', async ({
  page,
  context,
  household,
}) => {
  const shed = await household.factory.lock(household.homeId, 'Shed');
  await household.enter(context);
  await page.goto('/dashboard');
  await expect(answer(page)).toHaveText('1 of 2 doors locked, 1 unknown');
  await expect(attention(page, 'Shed, Quay 7: never heard of')).toBeVisible();

  const second = await household.factory.virtualLock(shed);
  await expect(answer(page)).toHaveText('All 2 doors are locked');
  await expect(page.getByRole('heading', { name: 'Needs attention' })).toHaveCount(0);
  // Without a network nobody can tell what they are now.
  await context.setOffline(true);
  await expect(answer(page)).toHaveText('2 of 2 doors were locked when last heard of');
  await context.setOffline(false);
  await expect(answer(page)).toHaveText('All 2 doors are locked', { timeout: 30_000 });
  await second.control.goAway();
  await expect(answer(page)).toHaveText('1 of 2 doors locked, 1 unknown');
  // Since when, in one pair of brackets at most.
  await expect(attention(page, 'Shed')).toContainText(
    /Shed, Quay 7: out of reach since today [^()]*(\([^()]*\))?Whether/,
  );
  await second.stop();
});

test('what needs attention names the door, the battery, the hub and the invitation, each with its one way to help', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, homeId, lock, person, virtual } = household;
  const hub = await factory.hub({ id: homeId, projectId: person.user.projectId });
  const virtualHub = await factory.virtualHub(hub);
  await household.enter(context);
  const live = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.goto('/dashboard');
  await live;
  await expect(answer(page)).toHaveText('The door is locked');
  await expect(page.getByRole('heading', { name: 'Needs attention' })).toHaveCount(0);

  await virtualHub.end();
  virtual.control.setBattery(3);
  virtual.control.jam();
  const { token } = person;
  const asked = { token, body: { requestId: randomUUID() } };
  expect((await send(system.url, 'POST', `/locks/${lock.id}/OpenLock`, asked)).status).toBeLessThan(300);
  const invited = { token, body: { email: factory.email() } };
  expect((await send(system.url, 'POST', `/homes/${homeId}/members`, invited)).status).toBe(201);

  for (const [what, way, path] of [
    ['Sea door, Quay 7: jammed', 'To the door Sea door', `/dashboard/locks/${lock.id}`],
    ['Sea door, Quay 7: battery critical', 'To the door Sea door', `/dashboard/locks/${lock.id}`],
    [
      `${hub.serial}, Quay 7: hub out of reach`,
      `To the hub ${hub.serial}`,
      `/dashboard/homes/${homeId}/hubs/${hub.id}`,
    ],
    [
      'Quay 7: an invitation was not accepted yet',
      'To the members of Quay 7',
      `/dashboard/homes/${homeId}/members`,
    ],
  ] as const) {
    const link = attention(page, what).getByRole('link');
    await expect(link).toHaveAccessibleName(way);
    await expect(link).toHaveAttribute('href', path);
  }
  await expect(answer(page)).toHaveText('The door is not locked');
  await attention(page, 'hub out of reach').getByRole('link').press('Enter');
  await expect(page.getByText('The hub is out of reach')).toBeVisible();
});

test('leaving home names the door that nobody can vouch for, and does not say that all are locked', async ({
  page,
  context,
  household,
}) => {
  const shed = await household.factory.lock(household.homeId, 'Shed');
  const second = await household.factory.virtualLock(shed);
  await household.enter(context);
  await page.goto('/dashboard');
  await expect(answer(page)).toHaveText('All 2 doors are locked');
  await second.control.goAway();
  await expect(answer(page)).toHaveText('1 of 2 doors locked, 1 unknown');
  await page.getByRole('button', { name: 'Leaving home: check all doors of Quay 7' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Leaving Quay 7' });
  const group = (name: string) => dialog.getByRole('region', { name }).getByRole('listitem');
  await expect(group('Could not be checked')).toHaveText(['Shed']);
  await expect(group('Locked')).toHaveText(['Sea door']);
  await expect(dialog.getByText('Every door is locked')).toHaveCount(0);
  await expect(dialog.getByText(/They may be open\.$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Leaving home: check all doors of Quay 7' })).toBeFocused();
  await second.stop();
});

test('a guest who leaves is told of the doors a guest sees, never of all', async ({
  page,
  context,
  household,
}) => {
  const { factory, homeId, lock, person } = household;
  await factory.lock(homeId, 'Shed');
  const guest = await factory.person(person.user.projectId, 'Gry');
  await factory.member(homeId, guest, 'guest');
  await factory.grant(lock.id, guest);
  await household.enter(context, guest);
  await page.goto('/dashboard');
  await expect(answer(page)).toHaveText('The door is locked');
  await page.getByRole('button', { name: 'check the doors of Quay 7 that you can see' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Leaving Quay 7' });
  await expect(dialog.getByText('The doors you can see are locked')).toBeVisible();
  await expect(dialog.getByText(/every door|all doors/i)).toHaveCount(0);
});

test('a door that is unlocked elsewhere changes the answer without a reload', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto('/dashboard');
  await expect(answer(page)).toHaveText('The door is locked');
  await page.evaluate(() => {
    document.documentElement.dataset.kept = 'yes';
  });
  household.virtual.control.turnByHand('UNLOCKED');
  await expect(answer(page)).toHaveText('The door is not locked');
  await expect(page.getByRole('link', { name: /^Sea door ?, Unlocked$/ })).toBeVisible();
  household.virtual.control.turnByHand('LOCKED');
  await expect(answer(page)).toHaveText('The door is locked');
  await expect(page.locator('html')).toHaveAttribute('data-kept', 'yes');
});
