import { staffCookie } from '@/server/domain/cookies';
import { auditDeeds } from '@/server/testing/audit-deeds';
import { expect, test } from './household';

test('support reads who did what and why, finds it by filters, loads older lines and takes them along', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory } = household;
  const { id: projectId } = await factory.project();
  const { id: homeId } = await factory.home(await factory.person(projectId), 'Quay 12');
  const staff = await factory.staff('support', [projectId]);
  await context.addCookies([
    { name: staffCookie(false), value: staff.token, url: system.url, httpOnly: true, sameSite: 'Strict' },
  ]);
  await auditDeeds(factory, { projectId, homeId, count: 60 });
  await page.goto('/support');
  await page.getByRole('link', { name: 'Audit' }).click();
  const lines = page.getByRole('list', { name: 'Audit trail, newest first' }).locator('details');
  const deeds = lines.filter({ hasText: 'Sam switched a home off' });
  await expect(deeds.first()).toContainText('Reason: The owner called (59)');
  const form = page.getByRole('form', { name: 'What to show' });

  await form.getByRole('combobox', { name: 'Who' }).fill('Nobody');
  await form.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(form.getByText('Nothing is called so. Write a name, a kind, or kind:id.')).toBeVisible();
  await form.getByRole('combobox', { name: 'Who' }).fill('staff:7');
  await form.getByLabel('What', { exact: true }).fill('home.deactivate');
  await form.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(/actor=staff%3A7&action=home\.deactivate/);
  await expect(lines).toHaveCount(50);
  await page.getByRole('button', { name: 'Load older' }).click();
  await expect(lines).toHaveCount(60);
  await expect(page.getByText('The record begins here.')).toBeVisible();

  await lines.first().locator('summary').click();
  await lines.first().getByRole('link', { name: 'Only Quay 12', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`subject=home%3A${homeId}`));
  await expect(form.getByRole('combobox', { name: 'To what' })).toHaveValue('Quay 12');
  // By name: what may be meant can be chosen by keyboard, and of several none is taken for granted.
  const other = await factory.home(await factory.person(projectId), 'Quay 120');
  const subject = form.getByRole('combobox', { name: 'To what' });
  await subject.fill('Quay');
  await form.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(form.getByText('2 fit this name. Choose one.')).toBeVisible();
  await expect(subject).toBeFocused();
  await expect(form.getByRole('listbox').getByRole('option')).toHaveCount(2);
  await subject.press('ArrowUp');
  await subject.press('Enter');
  await form.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`subject=home%3A(${homeId}|${other.id})$`));
  await subject.fill('quay 12');
  await subject.press('Enter');
  await expect(page).toHaveURL(new RegExp(`subject=home%3A${homeId}$`));
  const colleague = staff.account.name.slice(0, 12);
  await form.getByRole('combobox', { name: 'Who' }).fill(colleague);
  await form.getByRole('option', { name: `staff:${staff.account.id}` }).click();
  await form.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`actor=staff%3A${staff.account.id}`));
  await page.goto(`/support/audit?actor=staff%3A7&action=home.deactivate&subject=home%3A${homeId}`);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Take along as JSON Lines' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('audit.jsonl');
  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(lines.filter({ hasText: 'took the record along as a file' })).toHaveCount(1);
  const answer = await page.goto(`/support/audit?project=${household.person.user.projectId}`);
  expect(answer?.status()).toBe(404);
});
