import type { Page } from '@playwright/test';
import { send } from '@/server/testing/api-client';
import { messagesTo } from '@/server/testing/kept-messages';
import { expect, goLive, type Household, test } from './household';
import { losePartsOf, tabTo } from './test';

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name }) });

/** The places in the home, as its owner is told of them. */
async function memberships(url: string, { homeId, person }: Household) {
  const { body } = await send(url, 'GET', `/homes/${homeId}/memberships`, { token: person.token });
  return body as {
    email?: string;
    userId: number;
    role: string;
    grants: { lockId: number; weekdays?: string[] }[];
  }[];
}

test('a dialog whose script does not arrive leaves the page as it is, and opens the next time', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  const path = `/dashboard/homes/${household.homeId}/members`;
  const lost = await losePartsOf(page, path);
  await page.goto(path);
  const invite = page.getByRole('button', { name: 'Invite somebody' });
  const before = lost.names.length;
  await invite.click();
  await expect.poll(() => lost.names.length).toBeGreaterThan(before);
  await expect(page.getByText('The doors could not be loaded')).toHaveCount(0);
  await expect(invite).toBeVisible();
  await lost.end();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await expect(async () => {
    if (!(await dialog.isVisible())) await invite.click({ timeout: 1_000 });
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
});

test('by keyboard alone, a guest is invited with a door, reminded, and written to at another address', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, homeId, lock } = household;
  const [email, better] = [factory.email(), factory.email()];
  await household.enter(context);
  await page.goto(`/dashboard/homes/${homeId}/members`);
  await page.getByRole('button', { name: 'Invite somebody' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Invite somebody' })).toBeVisible();
  await tabTo(page, page.getByLabel('E-mail address'));
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Role')).toBeFocused();
  await page.keyboard.type('Guest');
  await expect(page.getByText(/Without a door they see an empty page/)).toBeVisible();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');

  // A guest sees nothing without a door, so the doors are asked for next.
  const access = page.getByRole('dialog', { name: `Role and doors of ${email}` });
  await access.getByRole('switch', { name: 'May open Sea door' }).focus();
  await page.keyboard.press('Space');
  await expect(access.getByText('Sea door: can be opened at any time.')).toBeVisible();
  await access.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(row(page, email).getByText('Sea door: at any time')).toBeVisible();
  await expect(row(page, email).getByText('Invited', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Invite somebody' })).toBeFocused();
  expect(await messagesTo(factory, email)).toHaveLength(1);

  await row(page, email).getByRole('button', { name: 'Send again' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The invitation was sent again')).toBeVisible();
  await expect(row(page, email).getByRole('button', { name: 'Send again' })).toBeFocused();
  expect(await messagesTo(factory, email)).toHaveLength(2);

  await page.getByRole('button', { name: `Actions for ${email}` }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Role and doors' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Change address' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Send the invitation elsewhere' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: `Actions for ${email}` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Role and doors' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Change address' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Send the invitation elsewhere' })).toBeVisible();
  await tabTo(page, page.getByLabel('E-mail address'));
  await page.keyboard.type(better);
  await page.keyboard.press('Enter');
  await expect(row(page, better).getByText('Sea door: at any time')).toBeVisible();
  await expect(row(page, better).getByText('Guest', { exact: true })).toBeVisible();
  await expect(row(page, email)).toHaveCount(0);
  const places = await memberships(system.url, household);
  expect(places.find((place) => place.email === better)).toMatchObject({
    role: 'guest',
    grants: [{ lockId: lock.id }],
  });
  expect(places.map((place) => place.email)).not.toContain(email);
});

test('a change of what a guest may open says what else it removes, and saves exactly that', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, homeId, lock, person } = household;
  const sam = await factory.person(person.user.projectId, 'Sam Lie');
  await factory.member(homeId, sam, 'guest');
  const weekend = (1 << 5) | (1 << 6);
  await factory.grant(lock.id, sam, { weekdays: weekend, fromMinute: 480, untilMinute: 960 });
  const shed = await factory.lock(homeId, 'Shed');
  const given = async (lockId: number) =>
    (await send(system.url, 'GET', `/locks/${lockId}/grants`, { token: person.token })).body.items;
  await household.enter(context);
  await page.goto(`/dashboard/homes/${homeId}/members`);
  await page.getByRole('button', { name: 'Actions for Sam Lie' }).click();
  await page.getByRole('menuitem', { name: 'Role and doors' }).click();
  const dialog = page.getByRole('dialog', { name: 'Role and doors of Sam Lie' });
  await expect(dialog.getByText('Nothing has been changed yet.')).toBeVisible();

  // Off and on again is no change.
  await dialog.getByRole('switch', { name: 'May open Sea door' }).click();
  await expect(
    dialog.getByText('Sea door: can no longer be opened (was Saturdays and Sundays 08:00–16:00).'),
  ).toBeVisible();
  await dialog.getByRole('switch', { name: 'May open Sea door' }).click();
  await expect(dialog.getByText('Nothing has been changed yet.')).toBeVisible();

  await dialog.getByRole('button', { name: 'Change when Sea door may be opened' }).click();
  await dialog.getByRole('switch', { name: 'Only on certain days' }).click();
  await dialog.getByRole('switch', { name: 'May open Shed' }).click();
  await expect(dialog.getByRole('region', { name: 'What will change' })).toContainText(
    'Sea door: this also removes the limit “Saturdays and Sundays”.',
  );
  await expect(dialog.getByText('Shed: can be opened at any time.')).toBeVisible();
  expect(await given(lock.id)).toMatchObject([{ weekdays: ['sat', 'sun'] }]);
  expect(await given(shed.id)).toEqual([]);

  // What was refused at the second door is told as what it is: the first one was changed.
  const refused = (url: URL) => url.pathname === `/locks/${shed.id}/grants`;
  await page.route(refused, (route) => route.fulfill({ status: 403, body: '{}' }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Part of it was done and stays.');
  expect(await given(shed.id)).toEqual([]);
  await page.unroute(refused);

  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Role and doors of Sam Lie were saved')).toBeVisible();
  const [kept, ...more] = await given(lock.id);
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ from: '08:00', until: '16:00' });
  expect(kept.weekdays).toBeUndefined();
  expect(await given(shed.id)).toMatchObject([{ userId: sam.user.id }]);
  await expect(row(page, 'Sam Lie').getByText('Shed: at any time')).toBeVisible();
});

test('who is removed in one browser sees the home go in the other at once, and can open nothing', async ({
  page,
  context,
  household,
  system,
}) => {
  const { person: jo, page: watching } = await household.neighbour('Jo Vik');
  await goLive(watching, `/dashboard/homes/${household.homeId}/members`);
  await expect(row(watching, 'Jo Vik (you)')).toBeVisible();

  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/members`);
  await page.getByRole('button', { name: 'Actions for Jo Vik' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog', { name: 'Remove Jo Vik?' }).getByRole('button', { name: 'Remove' }).click();
  await expect(row(page, 'Jo Vik')).toHaveCount(0);
  await expect(watching.getByRole('heading', { name: 'There is no such home' })).toBeVisible();

  const refused = await send(system.url, 'POST', `/locks/${household.lock.id}/OpenLock`, {
    token: jo.token,
    body: { requestId: crypto.randomUUID() },
  });
  expect([403, 404]).toContain(refused.status);
  expect(household.virtual.actuations).toBe(0);
  await watching.goto('/dashboard');
  await expect(watching.getByRole('heading', { name: 'No doors yet' })).toBeVisible();
});

test('the only owner is told why leaving is impossible, until somebody else is an owner too', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, homeId, person } = household;
  const jo = await factory.person(person.user.projectId, 'Jo Vik');
  await factory.member(homeId, jo, 'member');
  await household.enter(context);
  await page.goto(`/dashboard/homes/${homeId}/members`);
  await expect(row(page, 'Alex Berg (you)').getByText(/^You are the only owner\./)).toBeVisible();
  await page.getByRole('button', { name: 'Actions for Alex Berg' }).click();
  await expect(page.getByRole('menuitem', { name: 'Role and doors' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Leave this home' })).toHaveCount(0);

  await page.goto(`/dashboard/homes/${homeId}/settings`);
  const leave = page.getByRole('button', { name: 'Leave this home' });
  await expect(leave).toBeDisabled();
  await expect(leave).toHaveAccessibleDescription(/Make somebody else an owner before you leave/);
  await send(system.url, 'PATCH', `/homes/${homeId}/members/${jo.user.id}`, {
    token: person.token,
    body: { role: 'owner' },
  });
  await expect(leave).toBeEnabled();
  await leave.click();
  await page
    .getByRole('dialog', { name: 'Leave Quay 7?' })
    .getByRole('button', { name: 'Leave this home' })
    .click();
  await expect(page.getByRole('heading', { name: 'No home yet' })).toBeVisible();
  const { body } = await send(system.url, 'GET', `/homes?userId=${person.user.id}`, { token: person.token });
  expect(body).toEqual([]);
});
