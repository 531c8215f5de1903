import type { BrowserContext, Locator, Page } from '@playwright/test';
import { staffCookie } from '@/server/domain/cookies';
import { addUser } from '@/server/services/users/add-user';
import { send } from '@/server/testing/api-client';
import { messagesTo } from '@/server/testing/kept-messages';
import { expect, type Household, test } from './household';

/** Signs a member of the support staff of the household's project in. */
async function enterAsSupport(context: BrowserContext, { factory, person }: Household, url: string) {
  const staff = await factory.staff('support', [person.user.projectId]);
  await context.addCookies([
    { name: staffCookie(false), value: staff.token, url, httpOnly: true, sameSite: 'Strict' },
  ]);
  return staff.account;
}

const box = (page: Page): Locator => page.getByLabel('Name, address, number, id, serial or tag');
/** Does something to what stands on a page under a name, and waits until it is said to be done. */
async function act(page: Page, of: string, what: string, done: string): Promise<void> {
  const inMenu = page.getByRole('button', { name: `Actions for ${of}` });
  const alone = page.getByRole('button', { name: what, exact: true });
  await expect(inMenu.or(alone)).toBeVisible();
  // An open menu hides all else.
  const hasMenu = await inMenu.isVisible();
  await inMenu.or(alone).click();
  if (hasMenu) await page.getByRole('menuitem', { name: what }).click();
  const dialog = page.getByRole('dialog', { name: `${what}: ${of}` });
  await dialog.getByLabel('Reason').fill('They have called');
  await dialog.getByRole('button', { name: what }).click();
  await expect(page.getByText(done)).toBeVisible();
  await expect(dialog).toHaveCount(0);
}

const timeline = (page: Page): Locator => page.getByRole('list', { name: 'Timeline, newest first' });

test('the search forgives a mistake, works by keyboard alone, and shows nothing of another project', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, person } = household;
  const unique = person.user.id;
  const home = await factory.home(person, `Solveien ${unique}`);
  const stranger = await factory.person((await factory.project()).id, 'Stranger');
  await factory.home(stranger, `Solveien ${unique}`);
  await enterAsSupport(context, household, system.url);
  await page.goto('/support');
  // The page listens for the key a moment after its scripts have taken over what can be pressed.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(box(page)).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.type(`Solvegen ${unique}`);
  const hits = page.getByRole('region', { name: 'Homes' }).getByRole('link');
  await expect(hits.first()).toContainText(`Solveien ${unique}`);
  await expect(hits.first()).toContainText('nearly so');
  await expect(page).toHaveURL(new RegExp(`q=Solvegen\\+${unique}`));
  await expect(hits.filter({ hasText: `Solveien ${unique}` })).toHaveCount(1);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(hits.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(box(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/support/homes/${home.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Solveien ${unique}`);

  await page.goto(`/support?q=${encodeURIComponent(stranger.user.email ?? '')}`);
  await expect(page.getByText('Stranger')).toHaveCount(0);
  const answer = await page.goto(`/support/users/${stranger.user.id}`);
  expect(answer?.status()).toBe(404);
});

test('while an answer is on its way Enter waits for it, and the keyboard never stands on nothing', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, person } = household;
  const unique = person.user.id;
  await factory.home(person, `Lakeside ${unique}`);
  const hill = await factory.home(person, `Hillside ${unique}`);
  await enterAsSupport(context, household, system.url);
  let send = () => {};
  const hold = async (term: string) => {
    let told = () => {};
    const asked = new Promise<void>((resolve) => {
      told = resolve;
    });
    await page.route(
      (url) => url.pathname === '/staff/search' && url.searchParams.get('q') === term,
      async (route) => {
        told();
        await new Promise<void>((resolve) => {
          send = resolve;
        });
        await route.continue();
      },
    );
    return { asked };
  };
  await page.goto(`/support?q=Lakeside+${unique}`);
  const hits = page.getByRole('region', { name: 'Homes' }).getByRole('link');
  await expect(hits.first()).toContainText('Lakeside');

  const nothing = await hold('qqqqqqqq');
  await box(page).fill('qqqqqqqq');
  await nothing.asked;
  await box(page).press('ArrowDown');
  await expect(hits.first()).toBeFocused();
  send();
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await expect(box(page)).toBeFocused();

  await box(page).fill(`Lakeside ${unique}`);
  await expect(hits.first()).toContainText('Lakeside');
  const other = await hold(`Hillside ${unique}`);
  await box(page).fill(`Hillside ${unique}`);
  await other.asked;
  await box(page).press('Enter');
  await expect(hits.first()).toContainText('Lakeside');
  send();
  await expect(page).toHaveURL(`/support/homes/${hill.id}`);
});

test('a search that leaves out what is nearly so says it, and looks again', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, person } = household;
  await factory.home(person, `Solveien ${person.user.id}`);
  await enterAsSupport(context, household, system.url);
  let asked = 0;
  let goOn = () => {};
  const seen = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(
    (url) => url.pathname === '/staff/search',
    async (route) => {
      asked += 1;
      if (asked === 1) return route.fulfill({ json: { items: [], more: [], withoutSimilar: true } });
      await seen;
      return route.continue();
    },
  );
  await page.goto('/support');
  await box(page).fill(`Solvegen ${person.user.id}`);
  await expect(page.getByText('So far only exact matches are here.')).toBeVisible();
  goOn();
  await expect(page.getByRole('region', { name: 'Homes' })).toContainText('Solveien');
  await expect(page.getByText('So far only exact matches are here.')).toHaveCount(0);
});

test('a search is kept under a name, filters and all', async ({ page, context, household, system }) => {
  await enterAsSupport(context, household, system.url);
  await page.goto('/support');
  await box(page).fill('Sea door');
  await page.getByLabel('Kind').selectOption('Locks');
  await expect(page.getByRole('region', { name: 'Locks' })).toContainText('Sea door');
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByText('Give it a name.')).toBeVisible();
  await page.getByLabel('Name of the search').fill('Sea doors');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  const kept = page.getByRole('button', { name: 'Sea doors', exact: true });
  await expect(kept).toBeVisible();
  await page.goto('/support');
  await kept.click();
  await expect(box(page)).toHaveValue('Sea door');
  await expect(page.getByLabel('Kind')).toHaveValue('lock');
  await page.getByRole('button', { name: 'Forget Sea doors' }).click();
  await expect(kept).toHaveCount(0);
});

test('one timeline joins an opening, a device event and a mail, follows along, and leads to its moments', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, person, homeId, lock } = household;
  const device = await factory.device(person.user.projectId, homeId);
  await enterAsSupport(context, household, system.url);
  await page.goto(`/support/homes/${homeId}`);
  await expect(page.getByRole('region', { name: 'Locks' })).toContainText('Sea door');
  const asOwner = { Authorization: `ModeCloud ${person.token}` };
  await page.request.post(`/locks/${lock.id}/OpenLock`, { headers: asOwner, data: {} });
  await page.request.put(`/devices/${device.id}/event`, {
    headers: { Authorization: `ModeCloud ${device.apiKey}` },
    data: { eventType: 'smokeAlarm', eventData: { level: 3 } },
  });
  const lines = timeline(page).getByRole('listitem');
  await expect(lines.filter({ hasText: 'smokeAlarm' })).toBeVisible();
  const opening = lines.filter({ hasText: 'Opening' }).filter({ hasText: 'Alex Berg' });
  await expect(opening).toContainText('Alex Berg opened Sea door');
  // That somebody looked was told to the owner by mail, which is a line as well.
  await expect(lines.filter({ hasText: 'Message' })).toContainText(person.user.email ?? '');
  await expect(page.getByRole('button', { name: /^(Hold|Tap) to/ })).toHaveCount(0);

  await page.getByLabel('Show').selectOption('Device events');
  await expect(page).toHaveURL(/kinds=event/);
  await expect(lines).toHaveCount(1);
  await lines.first().locator('summary').click();
  await lines.first().getByRole('link', { name: 'Link to this moment' }).click();
  await expect(page).toHaveURL(/at=20/);
  await expect(page.getByText(/^Around /)).toBeVisible();
  await page.getByRole('link', { name: 'To the present' }).click();
  await expect(page.getByText('Follows along')).toBeVisible();
});

test('an action asks why, and stands in the activity of the owner with its reason', async ({
  page,
  context,
  household,
  system,
  browser,
}) => {
  const { factory, person, homeId } = household;
  const account = await enterAsSupport(context, household, system.url);
  await page.goto(`/support/homes/${homeId}`);
  await page.getByRole('button', { name: 'Actions for Quay 7' }).click();
  await page.getByRole('menuitem', { name: 'Switch the home off' }).click();
  const dialog = page.getByRole('dialog', { name: 'Switch the home off: Quay 7' });
  await expect(dialog).toContainText('The owners read it in their activity');
  await dialog.getByRole('button', { name: 'Switch the home off' }).click();
  await expect(dialog.getByText('Say why, in three characters or more.')).toBeVisible();
  await expect(dialog.getByLabel('Reason')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Reason').fill('The owner lost a phone');
  await dialog.getByRole('button', { name: 'Switch the home off' }).click();
  await expect(page.getByText('The home is switched off')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Switched off');
  await expect(timeline(page)).toContainText('The owner lost a phone');

  const told = await messagesTo(factory, person.user.email ?? '');
  expect(told[0]?.subject).toBe('Support has been at work in Quay 7');
  const owner = await browser.newContext({ baseURL: system.url, locale: 'en-GB' });
  await household.enter(owner);
  const log = await owner.newPage();
  await log.goto(`/dashboard/homes/${homeId}/activity`);
  const line = log.getByRole('listitem').filter({ hasText: 'Switched this home off' });
  await expect(line).toContainText('Reason: The owner lost a phone');
  await expect(line).toContainText(account.name);
  await owner.close();
});

test('reachability is tested without moving anything, by keyboard alone, and the page says how it knows', async ({
  page,
  context,
  household,
  system,
}) => {
  await enterAsSupport(context, household, system.url);
  await page.goto(`/support/homes/${household.homeId}`);
  await page.getByRole('button', { name: 'Actions for Sea door' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Test reachability' })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Test reachability: Sea door' });
  await dialog.getByLabel('Reason').focus();
  await page.keyboard.type('They say it is dead');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('It can be reached');
  await expect(dialog).toContainText('Presence told by the broker');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(household.virtual.actuations).toBe(0);
});

test('an account is signed out everywhere from its page', async ({ page, context, household, system }) => {
  const neighbour = await household.neighbour('Robin');
  await neighbour.page.goto('/dashboard');
  await enterAsSupport(context, household, system.url);
  await page.goto(`/support/users/${neighbour.person.user.id}`);
  await expect(page.getByRole('region', { name: 'Homes' })).toContainText('Quay 7');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign out everywhere: Robin' });
  await dialog.getByLabel('Reason').fill('Robin lost a laptop');
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByText('All sessions are ended')).toBeVisible();
  await expect(page.getByText('Not signed in anywhere')).toBeVisible();
  // The open page leaves by itself.
  await expect(neighbour.page).toHaveURL(/\/sign-in/);
});

test('a home is switched off and on, its hub too, an invitation goes out again and a device is let go', async ({
  page,
  context,
  household,
  system,
}) => {
  // Eight dialogs, one after the other.
  test.slow();
  const { factory, person, homeId } = household;
  const hub = await factory.hub({ id: homeId, projectId: person.user.projectId });
  await factory.device(person.user.projectId, homeId);
  const email = factory.email();
  const invited = { token: person.token, body: { email } };
  const member = await send(system.url, 'POST', `/homes/${homeId}/members`, invited);
  expect(member.status).toBe(201);
  await enterAsSupport(context, household, system.url);
  await page.goto(`/support/homes/${homeId}`);

  await act(page, email, 'Send the invitation again', 'The invitation is sent');
  expect(await messagesTo(factory, email)).toHaveLength(2);
  await act(page, hub.serial, 'Suspend the hub', 'The hub is suspended');
  await act(page, hub.serial, 'Let the hub work again', 'The hub works again');
  await act(page, 'smart_light', 'Release the device', 'The device is released');
  await expect(page.getByRole('button', { name: `Actions for ${'smart_light'}` })).toHaveCount(0);
  await act(page, 'Quay 7', 'Switch the home off', 'The home is switched off');
  await act(page, 'Quay 7', 'Switch the home on', 'The home is switched on');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('In use');

  const newcomer = factory.email();
  const made = await addUser(factory.deps, {
    projectId: person.user.projectId,
    email: newcomer,
    name: '',
    verified: false,
    password: 'correct horse 9',
  });
  await page.goto(`/support/users/${made.id}`);
  await act(page, newcomer, 'Send the confirmation again', 'The confirmation is sent');
  expect(await messagesTo(factory, newcomer)).toHaveLength(1);
  await act(page, newcomer, 'Unlock the account', 'The account is unlocked');
});
