import type { BrowserContext } from '@playwright/test';
import { send } from '@/server/testing/api-client';
import { expect, goLive, holdButton, test } from './household';

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
  const ask = () =>
    send(system.url, 'POST', `/staff/homes/${homeId}/views`, {
      headers: staff.caller.headers,
      body: { reason, minutes: 15 },
    });
  const openConsole = async (theirs: BrowserContext) => {
    const [name = '', value = ''] = (staff.caller.headers.cookie ?? '').split('=', 2);
    await theirs.addCookies([{ name, value, url: system.url, httpOnly: true, sameSite: 'Strict' }]);
    return theirs.newPage();
  };
  await household.enter(context);
  await goLive(page, '/dashboard');

  await test.step('the request appears by itself, with its reason', async () => {
    expect((await ask()).status).toBe(201);
    await expect(page.getByText(reason)).toBeVisible();
    await expect(page.getByText(/everything looked at stands in your activity/)).toBeVisible();
  });
  const theirs = await browser.newContext({ baseURL: system.url, locale: 'en-GB' });
  const support = await openConsole(theirs);
  const { items } = (
    await send(system.url, 'GET', `/staff/homes/${homeId}/views`, { headers: staff.caller.headers })
  ).body;
  const begin = `/support/view/${items[0].id}`;

  await test.step('before the answer there is nothing to see', async () => {
    await support.goto(begin);
    expect(new URL(support.url()).pathname).not.toContain('/dashboard');
  });

  await test.step('granted, staff see the owner’s pages under a banner, and no button opens', async () => {
    await page.getByRole('button', { name: 'Let support look for 15 minutes' }).click();
    await expect(page.getByRole('button', { name: 'End it now' })).toBeVisible();
    await support.goto(begin);
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
    await expect.poll(() => new URL(support.url()).pathname).not.toContain('/dashboard');
    const answer = await support.goto(`/dashboard/locks/${lock.id}`, { waitUntil: 'load' });
    expect(new URL(answer?.url() ?? '').pathname).toBe('/sign-in');
  });
  await theirs.close();
});
