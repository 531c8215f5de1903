import { send } from '@/server/testing/api-client';
import { expect, goLive, test } from './household';

test('the owner makes a PIN code up by the keyboard, sees that the lock has it, and removes it', async ({
  page,
  context,
  household: { factory, person, homeId, lock, enter },
  system,
}) => {
  // A long walk for a busy machine.
  test.setTimeout(90_000);
  const hub = await factory.hub({ id: homeId, projectId: person.user.projectId });
  const keypad = await factory.keypad(lock, hub.id);
  // What the keypad by hand says is written without an announcement, and told with the next thing that has one.
  const announce = async () => {
    const said = { token: person.token, body: { value: true } };
    expect((await send(system.url, 'PUT', `/homes/${homeId}/kv/said`, said)).status).toBe(204);
  };
  await enter(context);
  await goLive(page, `/dashboard/locks/${lock.id}`);
  await page.getByRole('link', { name: 'PIN codes' }).click();
  await expect(page.getByRole('heading', { name: 'No PIN codes yet' })).toBeVisible();

  await page.getByRole('button', { name: 'New PIN code' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add the code' }).press('Enter');
  await expect(dialog.getByText('A code needs a name.')).toBeVisible();
  await expect(dialog.getByText('Write 4 to 8 digits, nothing else.')).toBeVisible();
  await dialog.getByLabel('Who is it for').fill('Cleaner');
  const digits = dialog.getByLabel('Code', { exact: true });
  await digits.fill('1234');
  await expect(dialog.getByText('Weak: digits in a row are guessed first.')).toBeVisible();
  await dialog.getByRole('switch', { name: 'Only at certain hours' }).press('Space');
  await dialog.getByRole('switch', { name: 'Only for a while' }).press('Space');
  await expect(dialog.getByRole('alert')).toContainText('either dates, or days and hours');
  await dialog.getByRole('switch', { name: 'Only for a while' }).press('Space');
  await dialog.getByRole('button', { name: 'Make one up' }).press('Enter');
  await expect(digits).toHaveValue(/^\d{6}$/);
  const pin = await digits.inputValue();
  await digits.press('Enter');
  await expect(page.getByRole('heading', { name: 'The code for Cleaner' })).toBeVisible();
  await expect(digits).toHaveValue(pin);
  await page.getByRole('button', { name: 'I have it' }).press('Enter');

  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Cleaner' });
  await expect(row).toContainText('On its way');
  await expect(page.locator('body')).not.toContainText(pin);
  const command = await keypad.next();
  expect(keypad.digits(command)).toBe(pin);
  expect(command.schedule).toMatchObject({ kind: 'weekly', fromMinute: 480, untilMinute: 960 });
  await keypad.answer(command, { state: 'succeeded', slot: 1 });
  await announce();
  await expect(row).toContainText(/Works|Paused by its hours/);
  await expect(row).toContainText('Every day 08:00–16:00');

  await row.getByRole('button', { name: 'Remove Cleaner' }).press('Enter');
  await expect(dialog).toContainText('If the lock does not answer, the code works until it does');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(row).toContainText('It still works at the keypad until the lock was reached.');
  await page.getByRole('link', { name: 'Who can open' }).click();
  const ways = page.getByRole('region', { name: 'PIN codes at the keypad' });
  await expect(ways).toContainText('Cleaner');
  await expect(ways).toContainText('Every day 08:00–16:00');
  await keypad.obey();
  await announce();
  await expect(ways).toHaveCount(0);
  await page.getByRole('link', { name: 'PIN codes' }).click();
  await expect(page.getByRole('heading', { name: 'No PIN codes yet' })).toBeVisible();
});
