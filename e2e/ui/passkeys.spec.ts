import type { Page } from '@playwright/test';
import { arrive, expect, type Household, holdButton, test } from './household';
import { makeDevice } from './virtual-authenticator';

async function makePasskey(page: Page): Promise<void> {
  await page.goto('/dashboard/account/passkeys');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Kitchen tablet');
  await dialog.getByLabel('Your password').fill('correct horse 9');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Kitchen tablet' })).toContainText(
    'not used yet',
  );
}

const askForPasskey = ({ factory, lock }: Household) =>
  factory.setGesture(lock.id, { gesture: 'hold-passkey' });

/** Holds the button by keyboard for as long as the page takes to say something of the passkey. */
async function holdByKeyboard(page: Page, answer: RegExp): Promise<void> {
  await holdButton(page).focus();
  await page.keyboard.down('Space');
  await expect(page.getByText(answer).first()).toBeVisible();
  await page.keyboard.up('Space');
}

const openings = (page: Page): string[] => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/OpenLock')) sent.push(request.postData() ?? '');
  });
  return sent;
};

test('a passkey is made, named, used to sign in, and removed', async ({ page, context, household }) => {
  await makeDevice(page);
  await household.enter(context);
  await makePasskey(page);
  await context.clearCookies();
  await page.goto('/sign-in?callbackUrl=/dashboard/account/passkeys');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await arrive(page, /\/dashboard\/account\/passkeys$/);
  await expect(page.getByRole('listitem').filter({ hasText: 'Kitchen tablet' })).toContainText('last used');
  await page.getByRole('button', { name: 'Actions for Kitchen tablet' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Hall tablet');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Actions for Hall tablet' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('No passkey yet')).toBeVisible();
});

test('a removed passkey signs nobody in, and the page says so', async ({ page, context, household }) => {
  await makeDevice(page);
  await household.enter(context);
  await makePasskey(page);
  await household.factory.forgetPasskeys(household.person);
  await context.clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText('This passkey is not known here')).toBeVisible();
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a door that asks for a passkey opens by keyboard alone, once, after the prompt', async ({
  page,
  context,
  household,
}) => {
  await makeDevice(page);
  await household.enter(context);
  await makePasskey(page);
  await askForPasskey(household);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await holdByKeyboard(page, /The bolt was reported open/);
  const [opening] = await household.factory.openings(household.lock.id);
  expect(opening).toMatchObject({ gesture: 'hold-passkey', via: 'page', status: 'confirmed' });
  expect(household.virtual.actuations).toBe(1);
});

test('cancelling the prompt sends nothing, makes no guest link and says so, and the next try does', async ({
  page,
  context,
  household,
}) => {
  const device = await makeDevice(page);
  await household.enter(context);
  await makePasskey(page);
  await askForPasskey(household);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const sent = openings(page);
  await device.refuse();
  await holdByKeyboard(page, /No passkey was used, so nothing was sent/);
  expect(sent).toEqual([]);
  expect(household.virtual.actuations).toBe(0);
  await device.accept();
  await holdByKeyboard(page, /The bolt was reported open/);
  expect(sent).toHaveLength(1);
  await page.goto(`/dashboard/locks/${household.lock.id}/links`);
  await page.getByRole('button', { name: 'New guest link' }).click();
  const dialog = page.getByRole('dialog');
  await device.refuse();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(dialog.getByRole('alert')).toContainText('a guest opens without one');
  await expect(dialog.getByRole('alert')).toBeInViewport();
  await device.accept();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  await expect(dialog.getByText('The link is ready')).toBeVisible();
});

test('somebody without a passkey is told, and shown where to make one', async ({
  page,
  context,
  household,
}) => {
  await makeDevice(page);
  await household.enter(context);
  await askForPasskey(household);
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const sent = openings(page);
  await holdByKeyboard(page, /you have none yet/);
  expect(sent).toEqual([]);
  await page.getByRole('link', { name: 'Make a passkey' }).click();
  await expect(
    page.getByText('Without a passkey you cannot open from a browser: Sea door (Quay 7)'),
  ).toBeVisible();
});

test('a proof that was used, or was meant for another door, opens nothing', async ({
  page,
  context,
  household,
}) => {
  await makeDevice(page);
  await household.enter(context);
  await makePasskey(page);
  await askForPasskey(household);
  const other = await household.factory.lock(household.homeId, 'Back door');
  await household.factory.setGesture(other.id, { gesture: 'hold-passkey' });
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  const sent = openings(page);
  await holdByKeyboard(page, /The bolt was reported open/);
  const { passkey } = JSON.parse(sent[0] ?? '{}') as { passkey?: object };
  expect(passkey).toBeDefined();
  const post = (lockId: number) =>
    page.evaluate(
      async ([id, proof]) => {
        const body = JSON.stringify({ requestId: crypto.randomUUID(), passkey: proof });
        const headers = { 'Content-Type': 'application/json' };
        return (await fetch(`/locks/${id}/OpenLock`, { method: 'POST', headers, body })).status;
      },
      [lockId, passkey] as const,
    );
  expect(await post(household.lock.id)).toBe(403);
  expect(await post(other.id)).toBe(403);
  expect(await household.factory.openings(other.id)).toEqual([]);
  expect(household.virtual.actuations).toBe(1);
});

test('a hold before the scripts arrive waits for the passkey and never opens without it', async ({
  page,
  context,
  household,
}) => {
  await household.enter(context);
  await askForPasskey(household);
  await page.route('**/_next/static/chunks/*.js', (route) => route.abort());
  await page.goto(`/dashboard/locks/${household.lock.id}`, { waitUntil: 'load' });
  const sent = openings(page);
  await holdByKeyboard(page, /Your passkey is asked for as soon as the page is ready/);
  await expect(page.getByText('The page was not ready in time. Nothing was sent.')).toBeVisible({
    timeout: 20_000,
  });
  expect(sent).toEqual([]);
  expect(household.virtual.actuations).toBe(0);
});
