import { eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import { arrive, expect, holdToOpen, test } from './household';

test('a wrong password is told without saying whether the account exists', async ({ page, household }) => {
  for (const email of [household.person.user.email as string, household.factory.email()]) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('The e-mail address and password do not match.')).toBeVisible();
  }
});

test('a person signs in with the keyboard alone, sees their doors and signs out again', async ({
  page,
  household,
}) => {
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.type(household.person.user.email as string);
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse 9');
  await page.keyboard.press('Enter');
  await arrive(page, /\/dashboard$/);
  await expect(page.getByRole('heading', { name: 'Quay 7' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Sea door/ })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('after signing in the person lands on the door that was asked for, in the language of the account', async ({
  page,
  household,
}) => {
  const { db } = household.factory.deps;
  await db.update(users).set({ language: 'nb' }).where(eq(users.id, household.person.user.id));
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await page.getByLabel('E-mail address').fill(household.person.user.email as string);
  await page.getByLabel('Password', { exact: true }).fill('correct horse 9');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/dashboard/locks/${household.lock.id}$`));
  await expect(page.getByRole('heading', { name: 'Sea door' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Hold inne/ })).toBeVisible();
});

test('a door of strangers is not there', async ({ page, context, household }) => {
  const stranger = await household.factory.person(household.person.user.projectId, 'Stranger');
  await household.enter(context, stranger);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await expect(page.getByText('Sea door')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Hold to open/ })).toHaveCount(0);
});

test('after somebody else has signed in in this browser, a page that was open opens nothing in their name', async ({
  page,
  context,
  household,
}) => {
  const jo = await household.factory.person(household.person.user.projectId, 'Jo Dahl');
  await household.factory.member(household.homeId, jo, 'member');
  await household.enter(context);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await household.enter(context, jo);
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/OpenLock'));
  await holdToOpen(page);
  expect((await answered).status()).toBe(401);
  expect(household.virtual.actuations).toBe(0);
  // It starts over as a page of the other's.
  await expect(async () => {
    await page.goto(`/dashboard/locks/${household.lock.id}`);
  }).toPass();
  await holdToOpen(page);
  await expect(page.getByText('The bolt was reported open.').first()).toBeVisible();
});
