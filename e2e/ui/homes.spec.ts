import { send } from '@/server/testing/api-client';
import { expect, goLive, test } from './household';

const zone = 'Pacific/Kiritimati';

/** What a clock in the zone shows now; the next minute counts as well. */
function clockInZone(): RegExp {
  const shown = [0, 60_000].map((later) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
      Date.now() + later,
    ),
  );
  return new RegExp(`(?<!\\d)(${shown.join('|')})(?!\\d)`);
}

test('a home is made with a name and a time zone that is searched, opens, and is in the list', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto('/dashboard/homes');
  await page.getByRole('button', { name: 'Create a home' }).click();
  const dialog = page.getByRole('dialog');
  const zoneField = dialog.getByLabel('Time zone');
  await expect(dialog.locator(`datalist option[value="${zone}"]`)).toHaveCount(1);
  await dialog.getByLabel('Name', { exact: true }).fill('Fjord cabin');
  await zoneField.fill('Middle/Earth');
  await dialog.getByRole('button', { name: 'Create a home' }).click();
  await expect(dialog.getByText(/^Choose a time zone from the list/)).toBeVisible();
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Fjord cabin');
  await zoneField.fill(zone);
  // The page of the new home is slow to come: pressing again makes no second one.
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
  const made: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/homes')) made.push(request.url());
  });
  const asked = page.waitForRequest((request) => request.url().includes('_rsc='));
  await zoneField.press('Enter');
  await asked;
  await zoneField.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Saving…' })).toBeDisabled();
  release();
  await expect(page.getByRole('heading', { level: 1, name: 'Fjord cabin' })).toBeVisible();
  expect(made).toHaveLength(1);
  await expect(page.getByRole('heading', { name: 'No door yet' })).toBeVisible();

  await page.getByRole('main').getByRole('link', { name: 'Homes' }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Fjord cabin' }) });
  await expect(card.getByText('Owner', { exact: true })).toBeVisible();
  await expect(card).toContainText(clockInZone());
  await expect(page.getByRole('link', { name: 'Quay 7' })).toBeVisible();
});

test('a new name and time zone stand in another browser at once, and the keyboard stays where it was', async ({
  page,
  context,
  household,
}) => {
  const { page: watching } = await household.neighbour('Jo');
  await goLive(watching, '/dashboard/homes');
  await expect(watching.getByText('No time zone set')).toBeVisible();

  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/settings`);
  await page.getByLabel('Name', { exact: true }).fill('Quay 9');
  await page.getByRole('combobox', { name: 'Time zone' }).fill(zone);
  const save = page.getByRole('button', { name: 'Save' });
  await save.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Quay 9' })).toBeVisible();
  await expect(save).toBeFocused();
  await expect(watching.getByRole('link', { name: 'Quay 9' })).toBeVisible();
  await expect(watching.getByRole('listitem').filter({ hasText: 'Quay 9' })).toContainText(clockInZone());
});

test('what is being typed in the settings outlives what somebody else saves meanwhile', async ({
  page,
  context,
  household,
  system,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/settings`);
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('Harbour house');
  await send(system.url, 'PATCH', `/homes/${household.homeId}`, {
    token: household.person.token,
    body: { name: 'Quay 8', timezone: zone },
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Quay 8' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue(zone);
  await expect(name).toHaveValue('Harbour house');
  await expect(name).toBeFocused();

  await page.getByRole('combobox', { name: 'Time zone' }).fill('');
  await expect(page.getByText(/^Choose a time zone from the list/)).toBeVisible();
  await name.press('Enter');
  await page.getByRole('combobox', { name: 'Time zone' }).fill(zone);
  await name.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour house' })).toBeVisible();
});

test('a home is deleted only once its name was typed, and is in no list after', async ({
  page,
  context,
  household,
  system,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/settings`);
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: 'Delete for good' });
  await expect(dialog.getByText(/^Doors: 1\./)).toBeVisible();
  await dialog.getByLabel('Type Quay 7 to confirm').fill('quay');
  await dialog.getByLabel('Type Quay 7 to confirm').press('Enter');
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type Quay 7 to confirm').fill('Quay 7');
  await confirm.click();
  await expect(page).toHaveURL(/\/dashboard\/homes$/);
  await expect(page.getByRole('heading', { name: 'No home yet' })).toBeVisible();
  const left = await send(system.url, 'GET', `/homes?userId=${household.person.user.id}`, {
    token: household.person.token,
  });
  expect(left.body).toEqual([]);
});

test('the view for a tablet on the wall shows the doors, live, and the clock of the home', async ({
  page,
  context,
  household,
  system,
  viewport,
}) => {
  const isWide = (viewport?.width ?? 0) >= 1024;
  await send(system.url, 'PATCH', `/homes/${household.homeId}`, {
    token: household.person.token,
    body: { timezone: zone },
  });
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}?wall=1`);
  await expect(page.locator('[data-wall]')).toContainText(clockInZone());
  await expect(page.getByRole('link', { name: /^Sea door ?, Locked$/ })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Parts of the home' })).toBeVisible({ visible: !isWide });
  household.virtual.control.turnByHand('UNLOCKED');
  await expect(page.getByRole('link', { name: /^Sea door ?, Unlocked$/ })).toBeVisible();
  await page.getByRole('link', { name: 'Leave the wall view' }).press('Enter');
  await expect(page.getByRole('link', { name: 'Members' }).first()).toBeVisible();
});

test('a page that is slow to come shows that it is on its way until it has come', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}`);
  const root = page.locator('html');
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
  await page.getByRole('link', { name: 'Members', exact: true }).click();
  await expect(root).toHaveAttribute('data-on-the-way');
  release();
  await expect(page.getByRole('heading', { level: 2, name: 'Members' })).toBeVisible();
  await expect(root).not.toHaveAttribute('data-on-the-way');
});
