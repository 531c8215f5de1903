import type { BrowserContext, Page } from '@playwright/test';
import { staffCookie } from '@/server/domain/cookies';
import { startReceiver } from '@/server/testing/webhook-receiver';
import { expect, type Household, test } from './household';

/** A project of its own, and a member of staff of it who is signed in. */
async function enterProject(
  context: BrowserContext,
  { factory }: Household,
  url: string,
  role: 'support' | 'admin',
  isOfAll = false,
) {
  const project = await factory.project();
  const staff = await factory.staff(role, isOfAll ? 'all' : [project.id]);
  await context.addCookies([
    { name: staffCookie(false), value: staff.token, url, httpOnly: true, sameSite: 'Strict' },
  ]);
  return project;
}

const part = (page: Page, name: string) => page.getByRole('region', { name });

test('an administrator makes a key, sees it once, and revokes it, by keyboard alone', async ({
  page,
  context,
  household,
  system,
}) => {
  const project = await enterProject(context, household, system.url, 'admin');
  await page.goto(`/support/projects/${project.id}`);
  await page.getByRole('button', { name: 'New project key' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New project key' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Name').focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Enter a name.')).toBeVisible();
  await page.keyboard.type('Concierge');
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('Send commands to devices')).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  const shown = dialog.getByLabel('Key', { exact: true });
  await expect(shown).toBeFocused();
  const key = await shown.inputValue();
  expect(key).toMatch(/^v1\./);
  const asKey = () => page.request.get('/auth', { headers: { Authorization: `ModeCloud ${key}` } });
  expect(await (await asKey()).json()).toMatchObject({ type: 'project key', projectKeyName: 'Concierge' });
  // Shown this once, it goes by its own button alone.
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'I have kept it' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New project key' })).toBeFocused();
  const row = part(page, 'Project keys').getByRole('listitem').filter({ hasText: 'Concierge' });
  await expect(row).toContainText('commands');
  await page.reload();
  expect(await page.content()).not.toContain(key);

  await row.getByRole('button', { name: 'Actions for Concierge' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Enter');
  const asked = page.getByRole('dialog', { name: 'Revoke Concierge?' });
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: 'Revoke' }).focus();
  await page.keyboard.press('Enter');
  await expect(row.getByText('Revoked', { exact: true })).toBeVisible();
  expect(await (await asKey()).json()).toEqual({ type: 'nobody' });
});

test('a batch is made, its file holds the keys, and its labels the codes', async ({
  page,
  context,
  household,
  system,
}) => {
  const project = await enterProject(context, household, system.url, 'admin');
  await page.goto(`/support/projects/${project.id}`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New device class' }).click();
  await dialog.getByLabel('Id').fill('door bell');
  await dialog.getByRole('button', { name: 'Add the class' }).click();
  await expect(dialog.getByText('Use letters, digits, _ - and . only.')).toBeVisible();
  await dialog.getByLabel('Id').fill('door_bell');
  await dialog.getByRole('button', { name: 'Add the class' }).click();
  await expect(part(page, 'Device classes')).toContainText('door_bell');

  await page.getByRole('button', { name: 'Actions for door_bell' }).click();
  await page.getByRole('menuitem', { name: 'Make devices' }).click();
  await dialog.getByLabel('How many').fill('0');
  await dialog.getByRole('button', { name: 'Make them' }).click();
  await expect(dialog.getByText('Enter a number from 1 to 1000.')).toBeVisible();
  await dialog.getByLabel('How many').fill('24');
  await dialog.getByLabel('Beginning of the tags').fill('SN');
  await dialog.getByRole('button', { name: 'Make them' }).click();
  await expect(dialog.getByText('24 devices are made.')).toBeVisible();
  await expect(dialog.getByText('And 4 more in the file.')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trim().split('\r\n').slice(1);
  expect(lines).toHaveLength(24);
  const devices = lines.map((line) => line.slice(1, -1).split('","'));
  const [id, , tag, code, key] = devices[23] ?? [];
  expect(tag).toBe('SN-0024');
  const itself = await page.request.get(`/devices/${id}`, { headers: { Authorization: `ModeCloud ${key}` } });
  expect(itself.status()).toBe(200);

  const [sheet] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: 'Labels to print' }).click(),
  ]);
  const labels = sheet.getByRole('list', { name: 'Labels' }).getByRole('listitem');
  await expect(labels).toHaveCount(24);
  await expect(labels.last()).toContainText(code ?? '');
  await expect(labels.last().getByRole('img', { name: `QR code of ${code}` })).toBeVisible();
  for (const [, , , one] of devices) await expect(sheet.getByText(one ?? '', { exact: true })).toBeVisible();
  await sheet.emulateMedia({ media: 'print' });
  await expect(sheet.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(sheet.getByRole('navigation')).toBeHidden();
  await expect(labels.last()).toBeVisible();
});

test('a module is tested, its delivery stands in the log, and is sent again with a reason', async ({
  page,
  context,
  household,
  system,
}) => {
  const project = await enterProject(context, household, system.url, 'admin', true);
  const receiver = await startReceiver();
  try {
    await page.goto(`/support/projects/${project.id}`);
    await page.getByRole('switch', { name: 'Webhooks into private networks' }).click();
    await expect(page.getByRole('switch', { name: 'Webhooks into private networks' })).toBeChecked();
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'New webhook module' }).click();
    await dialog.getByLabel('Id').fill('desk');
    await dialog.getByRole('button', { name: 'Add the module' }).click();
    await expect(dialog.getByText('Enter an address for events or for commands.')).toBeVisible();
    await dialog.getByLabel('Address for events').fill(receiver.url);
    await dialog.getByRole('button', { name: 'Add the module' }).click();
    await expect(dialog.getByLabel('Signing secret')).toHaveValue(/^\w{40}$/);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Actions for desk' }).click();
    await page.getByRole('menuitem', { name: 'Deliveries' }).click();
    await dialog.getByRole('button', { name: 'Send a test' }).click();
    const lines = dialog.getByRole('listitem');
    await expect(lines).toHaveCount(1);
    await expect(lines.first()).toContainText('Delivered');
    await expect(lines.first()).toContainText('Answered 200');
    await lines
      .first()
      .getByRole('button', { name: /^Deliver again: no/ })
      .click();
    await lines.first().getByRole('button', { name: 'Deliver again' }).click();
    await expect(lines.first().getByText('Say why, in three characters or more.')).toBeVisible();
    await lines.first().getByLabel('Reason').fill('They lost it');
    await lines.first().getByRole('button', { name: 'Deliver again' }).click();
    await expect(lines).toHaveCount(2);
    await expect(lines.first()).toContainText('Delivered');
    expect(receiver.received).toHaveLength(2);
  } finally {
    await receiver.stop();
  }
});

test('support looks at the settings of its projects and changes nothing; others are not there', async ({
  page,
  context,
  household,
  system,
}) => {
  const project = await enterProject(context, household, system.url, 'support');
  const other = await household.factory.project();
  await page.goto('/support');
  await page.getByRole('link', { name: 'Projects' }).click();
  const projects = page.getByRole('list', { name: 'Projects you work for' }).getByRole('listitem');
  await expect(projects).toHaveCount(1);
  await projects.getByRole('link').click();
  await expect(page.getByText('You can look at this. An administrator changes it.')).toBeVisible();
  await expect(part(page, 'Apps')).toContainText('controller_app');
  await expect(page.getByRole('button', { name: /^(New|Actions for|Change the (name|limits))/ })).toHaveCount(
    0,
  );
  await expect(page.getByRole('switch', { name: 'Only owners manage members' })).toBeDisabled();
  for (const path of [`${other.id}`, `${project.id}/labels?from=1&to=9`, 'x'])
    expect((await page.goto(`/support/projects/${path}`))?.status()).toBe(404);
});

test('a message is said in other words, seen before it is sent, tried, and taken back; limits are set and seen to fill', async ({
  page,
  context,
  household,
  system,
}) => {
  const project = await enterProject(context, household, system.url, 'admin');
  const { factory } = household;
  const owner = await factory.person(project.id, 'Kim');
  for (const name of ['Quay 1', 'Quay 2', 'Quay 3', 'Quay 4']) await factory.home(owner, name);
  await page.goto(`/support/projects/${project.id}`);
  await expect(part(page, 'Limits')).toContainText('This project has no limits.');
  await page.getByRole('button', { name: 'Change the limits' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the limits' });
  await dialog.getByLabel('Homes', { exact: true }).fill('5');
  await dialog.getByLabel('Members of a home').fill('1');
  await dialog.getByLabel('Smart modules').fill('lots');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Enter a whole number, or nothing.')).toBeVisible();
  await dialog.getByLabel('Smart modules').fill('10');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  const limit = (name: string) => part(page, 'Limits').getByRole('listitem').filter({ hasText: name });
  await expect(limit('Homes')).toContainText('4 of 5');
  await expect(limit('Homes')).toContainText('80 % in use');
  await expect(limit('Members of a home')).toContainText('Full: one more is refused');
  await expect(limit('Members of a home').getByRole('link')).toHaveText('Quay 1');
  await expect(limit('Smart modules')).toContainText('0 of 10');
  await expect(limit('Smart modules')).not.toContainText('in use');

  await page.getByRole('link', { name: /Mails and SMS/ }).click();
  await page.getByLabel('Message', { exact: true }).selectOption('New password');
  const subject = page.getByLabel('Subject');
  const body = page.getByLabel('Text', { exact: true });
  await expect(subject).toHaveValue('Set a new password');
  const mail = page.frameLocator('iframe[title="The mail as its reader sees it"]');
  await expect(mail.getByRole('link')).toHaveAttribute('href', /\/reset-password\?token=/);
  await subject.fill('Hello {{name}}');
  await body.fill('Dear {{name}} {{door}} <b>bold</b>');
  await expect(page.getByText('{{door}} is not known here. {{link}} is missing.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await body.fill('Dear {{name}}, <b onclick="alert(1)">set</b> it here: ');
  await body.press('End');
  await page.getByRole('button', { name: 'Insert {{link}}' }).click();
  await expect(body).toHaveValue(/it here: \{\{link\}\}$/);
  await expect(mail.getByText('Dear Alex Berg, <b onclick="alert(1)">set</b> it here:')).toBeVisible();
  await expect(page.locator('iframe')).toHaveAttribute('sandbox', '');
  await page.getByRole('button', { name: 'Send a test to my address' }).click();
  await expect(page.getByText('A test is on its way to')).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The text is saved.')).toBeVisible();
  await expect(page.getByText('Own text', { exact: true })).toBeVisible();
  await page.getByLabel('Language', { exact: true }).selectOption('Norwegian');
  await expect(subject).toHaveValue('Velg et nytt passord');
  await page.getByLabel('Message', { exact: true }).selectOption('Code by SMS');
  await expect(subject).toHaveCount(0);
  await expect(page.getByText('paid for as one SMS')).toBeVisible();
  await body.fill('Kode {{code}} 🔑');
  await expect(page.getByText('It has characters outside the alphabet of SMS')).toBeVisible();

  await page.getByLabel('Language', { exact: true }).selectOption('English');
  await page.getByLabel('Message', { exact: true }).selectOption('New password (own text)');
  await page.getByRole('button', { name: 'Back to the standard text' }).click();
  const asked = page.getByRole('dialog', { name: 'Back to the standard text?' });
  await asked.getByRole('button', { name: 'Back to the standard text' }).click();
  await expect(subject).toHaveValue('Set a new password');
  await expect(page.getByText('Standard text', { exact: true })).toBeVisible();
});
