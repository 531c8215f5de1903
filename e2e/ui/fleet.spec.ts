import { staffCookie } from '@/server/domain/cookies';
import { fleetPast } from '@/server/testing/fleet-past';
import { expect, test } from './household';

test('support sees what happened to the fleet by hour and by day, drawn, in numbers and as a table', async ({
  page,
  context,
  household,
  system,
}) => {
  // A project of its own: what other tests do to the demo's doors would be counted too.
  const { factory } = household;
  const { id: projectId } = await factory.project();
  const owner = await factory.person(projectId);
  const { id: homeId } = await factory.home(owner);
  const staff = await factory.staff('support', [projectId]);
  await context.addCookies([
    { name: staffCookie(false), value: staff.token, url: system.url, httpOnly: true, sameSite: 'Strict' },
  ]);
  const door = { lockId: (await factory.lock(homeId)).id, homeId };
  const past = fleetPast(factory);
  // Counted from the hour that it is now: it may be another one when the page is made.
  const hour = Math.floor(Date.now() / 3_600_000);
  const hoursAgo = (hours: number) => new Date((hour - hours + 0.5) * 3_600_000).toISOString();
  const clockAt = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  const nameOf = (hours: number) =>
    [hour - hours, hour - hours + 1].map((one) => clockAt.format(one * 3_600_000)).join('–');
  await past.opening(door, hoursAgo(2), 'confirmed', { tookMs: 400 });
  await past.opening(door, hoursAgo(2), 'failed');
  await past.opening(door, hoursAgo(30), 'confirmed', { tookMs: 800 });
  await past.refusal(door, hoursAgo(2));
  await past.deviceEvents(homeId, hoursAgo(3), 4);
  await past.message(projectId, 'sms', hoursAgo(1), 'failed');

  await page.goto('/support');
  await page.getByRole('link', { name: 'Fleet' }).click();
  await expect(page.getByRole('heading', { name: 'Fleet', level: 1 })).toBeVisible();
  const openings = page.getByRole('region', { name: 'Openings', exact: true });
  const numbers = openings.locator('dl');
  await expect(numbers).toHaveText('Opened1Failed1Ran out0Open or unknown0Refused1');
  await expect(page.getByRole('region', { name: 'How fast doors open' })).toContainText('in 1 openings');
  await expect(page.getByRole('region', { name: 'Device events' }).locator('dl')).toHaveText('Events4');
  await expect(page.getByRole('region', { name: 'Messages that failed' })).toContainText('SMS1');

  const chart = openings.getByRole('slider');
  await chart.focus();
  await page.keyboard.press('End');
  await expect(numbers).toContainText('Opened0');
  await expect(chart).toHaveAttribute('aria-valuetext', new RegExp(`${nameOf(0)}|${nameOf(-1)}`));
  const isLater = (await chart.getAttribute('aria-valuetext'))?.includes(nameOf(-1));
  for (let back = 0; back < (isLater ? 3 : 2); back += 1) await page.keyboard.press('ArrowLeft');
  await expect(numbers).toHaveText('Opened1Failed1Ran out0Open or unknown0Refused1');
  await expect(chart).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`${nameOf(2)}: Opened 1, Failed 1, .*Refused 1$`),
  );
  await page.keyboard.press('Home');
  await expect(numbers).toContainText('Opened0');

  await openings.getByRole('button', { name: 'Show as table: Openings' }).click();
  await expect(openings.getByRole('row')).toHaveCount(25);
  await expect(openings.getByRole('row').filter({ hasText: nameOf(2) })).toContainText('11001');

  await page.getByLabel('Time').selectOption('Last 30 days, by day');
  await expect(page).toHaveURL(/range=month/);
  await expect(openings.getByRole('row')).toHaveCount(31);
  await openings.getByRole('button', { name: 'Show as chart: Openings' }).click();
  await expect(numbers).toContainText('Opened2');
  await expect(page.getByLabel('Project').locator('option')).toHaveText(['All my projects', 'Test project']);
  const answer = await page.goto(`/support/fleet?project=${household.person.user.projectId}`);
  expect(answer?.status()).toBe(404);
});
