import type { BrowserContext } from '@playwright/test';
import { staffCookie } from '@/server/domain/cookies';
import { send } from '@/server/testing/api-client';
import { expect, goLive, holdButton, test } from './household';
import { waitForScripts } from './test';

const reason = 'The sea door shows as unknown';

test('an owner lets support look for minutes, sees that they look and ends it; nothing could be opened or changed', async ({
  page,
  context,
  household,
  system,
  browser,
}) => {
  const { factory, homeId, lock, person } = household;
  const staff = await factory.staff('support', [person.user.projectId]);
  const openConsole = async (theirs: BrowserContext) => {
    const [name = '', value = ''] = (staff.caller.headers.cookie ?? '').split('=', 2);
    await theirs.addCookies([{ name, value, url: system.url, httpOnly: true, sameSite: 'Strict' }]);
    waitForScripts(theirs);
    return theirs.newPage();
  };
  await household.enter(context);
  await goLive(page, '/dashboard');

  const theirs = await browser.newContext({ baseURL: system.url, locale: 'en-GB' });
  const support = await openConsole(theirs);
  const consolePage = `/support/homes/${homeId}`;
  const looks = support.getByRole('region', { name: 'Look through the owner’s eyes' });

  await test.step('staff ask on the console, saying why and for how long', async () => {
    await support.goto(consolePage);
    await looks.getByRole('button', { name: 'Ask the owners for a look' }).click();
    const dialog = support.getByRole('dialog', { name: 'Look through the owner’s eyes' });
    await dialog.getByLabel('Minutes').fill('61');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(dialog.getByText('Say why, in three characters or more.')).toBeVisible();
    await expect(dialog.getByText('Give a whole number from 5 to 60.')).toBeVisible();
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByLabel('Minutes').fill('15');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(looks.getByText('Waits for an answer')).toBeVisible();
    await expect(looks.getByText(/^\d+ min \d+ s left to answer$/)).toBeVisible();
  });

  await test.step('the request appears by itself, with its reason', async () => {
    await expect(page.getByText(reason)).toBeVisible();
    await expect(page.getByText(/everything looked at stands in your activity/)).toBeVisible();
  });
  const { items } = (
    await send(system.url, 'GET', `/staff/homes/${homeId}/views`, { headers: staff.caller.headers })
  ).body;
  const begin = `/support/view/${items[0].id}`;

  await test.step('before the answer there is nothing to see, and the console says so', async () => {
    await support.goto(begin);
    expect(new URL(support.url()).pathname).toBe(consolePage);
    await expect(looks.getByText(/^There was nothing to look at/)).toBeVisible();
  });

  await test.step('granted, staff see the owner’s pages under a banner, and no button opens', async () => {
    await page.getByRole('button', { name: 'Let support look for 15 minutes' }).click();
    await expect(page.getByRole('button', { name: 'End it now' })).toBeVisible();
    await expect(looks.getByText(/^14 min \d+ s left$/)).toBeVisible();
    await looks.getByRole('link', { name: 'See the owner’s pages' }).click();
    await expect(support.getByRole('heading', { name: 'Quay 7', level: 1 })).toBeVisible();
    await expect(support.getByText('You see the pages of Alex Berg.')).toBeVisible();
    await support.goto(`/dashboard/locks/${lock.id}`);
    await expect(support.getByText('This door cannot be opened from here now.')).toBeVisible();
    await expect(holdButton(support)).toHaveCount(0);
    const refused = await support.evaluate(async (id) => {
      const answer = await fetch(`/locks/${id}/OpenLock`, { method: 'POST', body: '{}' });
      return answer.status;
    }, lock.id);
    expect(refused).toBe(403);
    expect(household.virtual.actuations).toBe(0);
  });

  await test.step('the owner ends it, and the page of staff is gone within a second', async () => {
    await page.getByRole('button', { name: 'End it now' }).click();
    await expect(page.getByRole('button', { name: 'End it now' })).toHaveCount(0);
    await expect.poll(() => new URL(support.url()).pathname).toBe(consolePage);
    await expect(looks.getByText(/^You look through nobody’s eyes any more/)).toBeVisible();
    await expect(looks.getByRole('listitem').first()).toContainText('Ended');
    // Whatever of a page hears of it second leads there too, when the browser knows of no look any more.
    await support.goto(`/support/view/leave?view=${items[0].id}`);
    expect(new URL(support.url()).pathname).toBe(consolePage);
    const answer = await support.goto(`/dashboard/locks/${lock.id}`, { waitUntil: 'load' });
    expect(new URL(answer?.url() ?? '').pathname).toBe('/sign-in');
  });
  await theirs.close();
});

test('a request is taken back, and one that an owner refuses is told as such', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory, homeId, person } = household;
  const staff = await factory.staff('support', [person.user.projectId]);
  await context.addCookies([
    { name: staffCookie(false), value: staff.token, url: system.url, httpOnly: true, sameSite: 'Strict' },
  ]);
  await page.goto(`/support/homes/${homeId}`);
  const looks = page.getByRole('region', { name: 'Look through the owner’s eyes' });
  const ask = async () => {
    await looks.getByRole('button', { name: 'Ask the owners for a look' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill(reason);
    await page.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(looks.getByText('Waits for an answer')).toBeVisible();
  };
  const first = looks.getByRole('list', { name: 'Earlier looks' }).getByRole('listitem').first();

  await ask();
  await looks.getByRole('button', { name: 'Take the request back' }).click();
  await expect(first).toContainText('Ended');

  await ask();
  const asOwner = { token: person.token };
  const { items } = (await send(system.url, 'GET', `/homes/${homeId}/views`, asOwner)).body;
  const answer = `/homes/${homeId}/views/${items[0].id}/answer`;
  expect((await send(system.url, 'POST', answer, { ...asOwner, body: { granted: false } })).status).toBe(200);
  await expect(first).toContainText('Refused');
  await expect(looks.getByRole('button', { name: 'Ask the owners for a look' })).toBeVisible();
});
