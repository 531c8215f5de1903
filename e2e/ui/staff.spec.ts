import type { BrowserContext, Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import { staffCookie } from '@/server/domain/cookies';
import { addAccount } from '@/server/services/staff/add-account';
import { operator } from '@/server/services/staff/operator';
import { base32Of, codeOf, wrongCodeOf } from '@/server/testing/staff-browser';
import { arrive, expect, test } from './household';
import { makeDevice } from './virtual-authenticator';

const password = 'a long enough phrase';

const enterAsStaff = (context: BrowserContext, url: string, token: string) =>
  context.addCookies([{ name: staffCookie(false), value: token, url, httpOnly: true, sameSite: 'Strict' }]);

/** The key that the page shows to be typed into an authenticator. */
const shownKey = async (page: Page) =>
  ((await page.getByRole('code').textContent()) ?? '').replaceAll(' ', '');

test('a member of staff sets up by a link, connects an authenticator and comes back with a code, by keyboard alone', async ({
  page,
  household,
}) => {
  const email = household.factory.email();
  const wanted = { email, name: 'Noor Lund', role: 'admin', projects: 'all' } as const;
  const { setUp } = await addAccount(household.factory.deps, operator, wanted);
  const type = async (words: string, key: string) => {
    await page.keyboard.type(words);
    await page.keyboard.press(key);
  };

  await page.goto(setUp?.path ?? '');
  await page.getByLabel('New password').focus();
  await type('too short', 'Enter');
  await expect(page.getByText('Use at least 12 characters.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await type(password, 'Enter');
  await arrive(page, /\/support\/sign-in\?notice=set-up$/);
  await expect(page.getByText('Your password is set.')).toBeVisible();

  const signIn = async () => {
    await page.getByLabel('E-mail address').focus();
    await type(email, 'Tab');
    await type(password, 'Enter');
  };
  await signIn();
  await expect(page.getByRole('heading', { name: 'Connect an authenticator app' })).toBeFocused();
  await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  const key = await shownKey(page);
  await page.keyboard.press('Tab');
  await type('12', 'Enter');
  await expect(page.getByText('Enter the six digits that the app shows.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  const used = codeOf(key);
  await type(used, 'Enter');
  await arrive(page, /\/support$/);
  await expect(page.getByRole('heading', { name: 'Support', level: 1 })).toBeVisible();
  await expect(page.getByText('Noor Lund, Administrator')).toHaveCount(1);

  await page.getByRole('button', { name: 'Sign out' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/support\/sign-in$/);
  await page.goto('/support/staff');
  await expect(page).toHaveURL(/\/support\/sign-in\?callbackUrl=%2Fsupport%2Fstaff$/);

  await signIn();
  await expect(page.getByLabel('Six-digit code')).toBeFocused();
  await type(used, 'Enter');
  await expect(page.getByText('This code was used already. Wait for the next one.')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await type(codeOf(key, 1), 'Enter');
  await expect(page).toHaveURL(/\/support\/staff$/);
  await expect(page.getByRole('heading', { name: 'Staff', level: 1 })).toBeVisible();
});

test('a link that was used is told as such', async ({ page }) => {
  await page.goto('/support/set-up?token=none');
  await expect(page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
});

test('a wrong password is told without saying whether the account exists', async ({ page, household }) => {
  const { account } = await household.factory.staff('support', 'all', password);
  for (const email of [account.email, household.factory.email()]) {
    await page.goto('/support/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByText('The e-mail address and password do not match.')).toBeVisible();
  }
});

test('staff and people are two kinds of sessions: neither opens the pages of the other', async ({
  page,
  context,
  household,
  system,
}) => {
  await household.enter(context);
  for (const path of ['/support', '/support/staff']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/support\/sign-in\?callbackUrl=/);
  }
  await context.clearCookies();
  const projectId = household.person.user.projectId;
  for (const role of ['support', 'admin'] as const) {
    const { token } = await household.factory.staff(role, [projectId]);
    await enterAsStaff(context, system.url, token);
    await page.goto('/support');
    await expect(page.getByRole('heading', { name: 'Support', level: 1 })).toBeVisible();
    for (const path of [
      '/dashboard',
      `/dashboard/homes/${household.homeId}`,
      `/dashboard/locks/${household.lock.id}`,
      `/dashboard/locks/${household.lock.id}/settings`,
    ]) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fdashboard/);
      await expect(page.getByText('Sea door')).toHaveCount(0);
    }
    const told = await page.evaluate(async (id) => {
      const opened = await fetch(`/locks/${id}/OpenLock`, { method: 'POST' });
      return opened.status;
    }, household.lock.id);
    expect(told).toBe(401);
  }
  expect(await household.factory.openings(household.lock.id)).toEqual([]);
});

test('support staff are shown no accounts of the staff', async ({ page, context, household, system }) => {
  const { token } = await household.factory.staff('support', [household.person.user.projectId]);
  await enterAsStaff(context, system.url, token);
  await page.goto('/support');
  await expect(page.getByRole('link', { name: 'Staff', exact: true })).toHaveCount(0);
  const answer = await page.goto('/support/staff');
  expect(answer?.status()).toBe(404);
});

test('an administrator makes an account, changes its rights, renews its link and switches it off', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, person } = household;
  const { token } = await factory.staff('admin', [person.user.projectId]);
  await enterAsStaff(context, system.url, token);
  await page.goto('/support/staff');
  const email = factory.email();
  const name = `Ida ${email.slice(0, 8)}`;
  await page.getByRole('button', { name: 'New account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail address').fill(email);
  await dialog.getByRole('button', { name: 'Make the account' }).click();
  await expect(dialog.getByLabel('Set-up link')).toHaveValue(/\/support\/set-up\?token=\w{40}$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('listitem').filter({ hasText: email });
  await expect(row.getByText('Not set up yet')).toBeVisible();
  const act = async (what: string) => {
    await row.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };

  await act('Role and projects');
  await dialog.getByLabel('Role').selectOption('admin');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(row.getByText('Administrator')).toBeVisible();

  await act('New set-up link');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await dialog.getByLabel('Set-up link').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();

  await act('Switch off');
  await dialog.getByRole('button', { name: 'Switch off' }).click();
  await expect(row.getByText('Switched off')).toBeVisible();
  await act('Switch on');
  await expect(row.getByText('Not set up yet')).toBeVisible();
  await expect(row.getByText('Switched off')).toHaveCount(0);
  // What was switched off has lost its link.
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link is not good any more' })).toBeVisible();
});

test('a member of staff adds a passkey, signs in by it, and changes password and authenticator', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory } = household;
  const staff = await factory.staff('support', 'all', password);
  const { email } = staff.account;
  await enterAsStaff(context, system.url, staff.token);
  const device = await makeDevice(page);
  await page.goto('/support');
  await page.getByRole('link', { name: new RegExp(staff.account.name) }).click();
  await expect(page.getByRole('heading', { name: 'Your account', level: 1 })).toBeVisible();
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await expect(sessions).toHaveCount(1);
  const dialog = page.getByRole('dialog');
  const secret = base32Of(staff.secret);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await dialog.getByLabel('Name').fill('Desk key');
  await dialog.getByLabel('Six-digit code').fill('12');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog.getByText('Enter the six digits that the app shows.')).toBeVisible();
  await dialog.getByLabel('Six-digit code').fill(codeOf(secret));
  await dialog.getByRole('button', { name: 'Go on' }).click();
  const passkeys = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
  await expect(passkeys).toContainText('Desk key');

  await context.clearCookies();
  await page.goto('/support/sign-in');
  const signIn = async (words: string) => {
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(words);
    await page.getByRole('button', { name: 'Next' }).click();
  };
  await signIn(password);
  await device.refuse();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('No passkey was used.')).toBeVisible();
  await device.accept();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await arrive(page, /\/support$/);
  await page.goto('/support/account');
  await expect(sessions).toHaveCount(2);
  await expect(passkeys).not.toContainText('not used yet');

  await page.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByLabel('Current password').fill(password);
  await dialog.getByLabel('New password').fill('a phrase of another day');
  await dialog.getByLabel('Six-digit code').fill(wrongCodeOf(secret));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('The code is wrong or no longer good.')).toBeVisible();
  await dialog.getByLabel('Six-digit code').fill(codeOf(secret, 1));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Your password is changed')).toBeVisible();
  await expect(sessions).toHaveCount(1);

  // No third code is good by now: the one before may be too old when it arrives, and a later one is too early.
  const { db } = factory.deps;
  await db.update(staffAccounts).set({ totpStep: null }).where(eq(staffAccounts.id, staff.account.id));
  await page.getByRole('button', { name: 'Use another authenticator' }).click();
  await dialog.getByLabel('Six-digit code').fill(codeOf(secret));
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  await dialog.getByLabel('Six-digit code').fill(codeOf(await shownKey(page)));
  await dialog.getByRole('button', { name: 'Use it from now on' }).click();
  await expect(page.getByText('The new authenticator counts')).toBeVisible();
});
