import type { Page } from '@playwright/test';
import { send } from '@/server/testing/api-client';
import { tokenTo } from '@/server/testing/kept-messages';
import { arrive, expect, test } from './household';

const password = 'rain over quay 7';

async function signIn(page: Page, email: string, word: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(word);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a person signs up, confirms the address, signs in where they wanted to go and shapes the account', async ({
  page,
  household,
}) => {
  const email = household.factory.email();
  await page.goto('/sign-in?callbackUrl=%2Fdashboard%2Faccount');
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByLabel('Your name').fill('Kari Nordmann');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Choose a password').fill('password1');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByText('This one is too easy to guess. Choose another.')).toBeVisible();
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeFocused();

  const token = await tokenTo(household.factory, email);
  await page.goto(`/verify-email?token=${token}`);
  await page.getByRole('button', { name: 'Confirm the address' }).click();
  await expect(page.getByRole('heading', { name: 'Your address is confirmed' })).toBeFocused();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, email, password);
  await arrive(page, /\/dashboard\/account$/);

  await page.getByRole('button', { name: 'Change your name' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Kari Lund');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Kari Lund', { exact: true }).filter({ visible: true }).first()).toBeVisible();
  await page.getByLabel('Language of pages and mails').selectOption({ label: 'Norsk (bokmål)' });
  await expect(page.getByRole('heading', { name: 'Kontoen din' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb');

  await page.goto(`/verify-email?token=${token}`);
  await expect(page.getByRole('heading', { name: 'Denne lenken virker ikke lenger' })).toBeVisible();
});

test('a forgotten password is replaced over the mailbox, and the old one is worth nothing', async ({
  page,
  household,
}) => {
  const email = household.person.user.email as string;
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await arrive(page, /\/reset-password/);
  for (const address of [household.factory.email(), email]) {
    await page.goto('/reset-password');
    await page.getByLabel('E-mail address').fill(address);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByText(`If ${address} belongs to an account`)).toBeVisible();
  }
  await page.goto(`/reset-password?token=${await tokenTo(household.factory, email)}`);
  await page.getByLabel('New password').fill(password);
  await page.keyboard.press('Enter');
  await arrive(page, /\/sign-in\?notice=password$/);
  await expect(page.getByText('Your new password is set.')).toBeVisible();
  await signIn(page, email, 'correct horse 9');
  await expect(page.getByText('The e-mail address and password do not match.')).toBeVisible();
  await signIn(page, email, password);
  await expect(page.getByRole('link', { name: /Sea door/ })).toBeVisible();
});

test('an invited person sees which home waits, sets up the account and is in it', async ({
  page,
  household,
  system,
}) => {
  const email = household.factory.email();
  const { homeId, person } = household;
  await send(system.url, 'POST', `/homes/${homeId}/members`, { token: person.token, body: { email } });
  const path = `/accept-invitation?token=${await tokenTo(household.factory, email)}`;
  const seen = page.waitForResponse((response) => response.url().endsWith('/invitation/seen'));
  await page.goto(path);
  expect((await seen).status()).toBe(204);
  await expect(page.getByText('Quay 7')).toBeVisible();
  await expect(page.getByText(/^As a member:/)).toBeVisible();
  await page.getByLabel('Your name').fill('Ola Nordmann');
  await page.getByLabel('Choose a password').fill(password);
  await page.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page.getByRole('link', { name: /Sea door/ })).toBeVisible();
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'This invitation does not work any more' })).toBeVisible();
});

test('one browser ends the session of another, which is at the sign-in by itself', async ({
  page,
  context,
  browser,
  household,
  system,
}) => {
  const elsewhere = await browser.newContext({ baseURL: system.url });
  await household.enter(elsewhere);
  const watching = await elsewhere.newPage();
  const live = watching.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await watching.goto('/dashboard');
  await live;
  await household.enter(context);
  await page.goto('/dashboard/account');
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  // The household's own session of an app, the watching browser and this one.
  await expect(sessions).toHaveCount(3);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(watching).toHaveURL(/\/sign-in\?callbackUrl=/);
  await expect(sessions).toHaveCount(1);
  await expect(sessions).toContainText('This one');
  await page.reload();
  await expect(sessions).toHaveCount(1);
  await elsewhere.close();
});

test('an account is deleted only by typing its address, after saying what becomes of the home', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await page.goto('/dashboard/account');
  await page.getByRole('button', { name: 'Delete account…' }).click();
  await expect(page.getByText('Quay 7 is deleted with its record.')).toBeVisible();
  await page.getByLabel(/^Type .* to confirm$/).fill('something else');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Type it exactly as it stands above.')).toBeVisible();
  await page.getByLabel(/^Type .* to confirm$/).fill(household.person.user.email as string);
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Your account is deleted')).toBeVisible();
});
