import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { homeValues } from '@/drizzle/schema';
import type { StartedSystem } from '../started-system';
import { expect, type Household, test } from './household';
import { scrollToEnd } from './test';

type Store = (key: string, value: string) => Promise<void>;

/** Writes a value of the household's home as another app would: JSON text, letter for letter. */
const storeOf =
  (system: StartedSystem, { homeId, person }: Household): Store =>
  async (key, value) => {
    const { status } = await fetch(`${system.url}/homes/${homeId}/kv/${key}`, {
      method: 'PUT',
      headers: { authorization: `ModeCloud ${person.token}`, 'content-type': 'application/json' },
      body: `{"value":${value}}`,
    });
    if (status !== 204) throw new Error(`${key} was answered ${status}`);
  };

/** JSON text of a stored value. */
async function storedText(
  system: StartedSystem,
  { homeId, person }: Household,
  key: string,
): Promise<string> {
  const response = await fetch(`${system.url}/homes/${homeId}/kv/${key}`, {
    headers: { authorization: `ModeCloud ${person.token}` },
  });
  return response.status === 404 ? '' : await response.text();
}

const rows = (page: Page): Locator => page.getByRole('list', { name: 'Values' }).getByRole('listitem');
const rowOf = (page: Page, key: string): Locator =>
  rows(page).filter({ has: page.getByRole('button', { name: `Edit ${key}`, exact: true }) });

test('values are found by the start of their key, and one that another app writes appears by itself', async ({
  page,
  context,
  household,
  system,
}) => {
  const store = storeOf(system, household);
  for (const key of ['scene_away', 'scene_evening', 'wifi_name']) await store(key, '"first"');
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/kv`);
  await expect(rows(page)).toHaveCount(3);
  await store('scene_day', '"first"');
  await expect(rows(page)).toHaveCount(4);
  await page.getByLabel('Find by the start of the key').fill('scene_');
  await expect(rowOf(page, 'wifi_name')).toHaveCount(0);
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByRole('status').filter({ hasText: 'Values shown: 3' })).toBeVisible();
  await store('scene_night', '{"lights":0}');
  await expect(rowOf(page, 'scene_night')).toContainText('{"lights":0}');
  await store('scene_away', '"second"');
  await expect(rowOf(page, 'scene_away')).toContainText('second');
  await page.getByLabel('Find by the start of the key').fill('SCENE');
  await expect(page.getByText('No key begins with “SCENE”.')).toBeVisible();

  // An answer that does not come is told as that, and not as there being none.
  const asking = (url: URL) => url.searchParams.get('keyPrefix') === 'wifi';
  await page.route(asking, (route) => route.fulfill({ status: 403, body: '{}' }));
  await page.getByLabel('Find by the start of the key').fill('wifi');
  const failure = page.getByRole('alert').filter({ hasText: 'This could not be loaded' });
  await expect(failure).toBeVisible();
  await expect(page.getByText(/No key begins with/)).toHaveCount(0);
  await page.unroute(asking);
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(rowOf(page, 'wifi_name')).toBeVisible();
  await expect(failure).toHaveCount(0);

  // Edited while the search moves on, a value is not called deleted.
  await page.getByRole('button', { name: 'Edit wifi_name' }).evaluate((row: HTMLElement) => {
    const field = document.querySelector<HTMLInputElement>('input[type=search]');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'scene_');
    field?.dispatchEvent(new Event('input', { bubbles: true }));
    row.click();
  });
  await expect(page.getByText('Values shown: 4')).toBeAttached();
  await expect(page.getByRole('dialog', { name: 'wifi_name' })).toBeVisible();
  await expect(page.getByText('Changed while you were editing')).toHaveCount(0);
  await page.keyboard.press('Escape');

  // What is searched for by chance is not what an import compares with.
  for (const words of ['import', 'all']) {
    await page.getByLabel('Find by the start of the key').fill(words);
    await expect(page.getByText(`No key begins with “${words}”.`)).toBeVisible();
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByLabel('Or paste JSON').fill('{"wifi_name":"second","fresh":1}');
    await expect(page.getByText('1 new, 1 changed, 0 unchanged.')).toBeVisible();
    await page.keyboard.press('Escape');
  }
});

test('a value is added and changed by keyboard alone, and one that is no JSON is told and not saved', async ({
  page,
  context,
  household,
  system,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/kv`);
  await page.getByRole('button', { name: 'Add a value' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Key', { exact: true }).focus();
  await page.keyboard.type('-limit');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Key', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Home');
  await page.keyboard.press('Delete');
  await page.getByLabel('Kind').selectOption('Number');
  const value = page.getByLabel('Value', { exact: true });
  await value.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('9007199254740993');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'limit')).toContainText('9007199254740993');
  expect(await storedText(system, household, 'limit')).toContain('"value":9007199254740993,');

  await rowOf(page, 'limit').getByRole('button', { name: 'Edit limit' }).focus();
  await page.keyboard.press('Enter');
  const written: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') written.push(request.url());
  });
  await page.getByLabel('Kind').selectOption('Object');
  await page.getByLabel('Kind').selectOption('Number');
  await expect(value).toHaveValue('9007199254740993');
  await page.getByLabel('Kind').selectOption('Object');
  await value.fill('{"most": 4,}');
  await expect(value).toHaveAccessibleDescription(/Line 1, column 12/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(value).toHaveValue('{"most": 4,}');
  expect(written).toEqual([]);
  await value.fill('{"most": 4}');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(rowOf(page, 'limit')).toContainText('{"most":4}');
  expect(written).toHaveLength(1);
});

for (const whose of ['mine', 'theirs'] as const) {
  test(`two people change one value: both are shown, nothing is lost, and ${whose} is kept when chosen`, async ({
    page,
    context,
    household,
    system,
  }) => {
    const store = storeOf(system, household);
    await store('greeting', '"Hello"');
    await household.enter(context);
    await page.goto(`/dashboard/homes/${household.homeId}/kv`);
    await page.getByRole('button', { name: 'Edit greeting' }).click();
    await page.getByLabel('Value', { exact: true }).fill('Hello from Alex');

    const { page: other } = await household.neighbour('Jo');
    await other.goto(`/dashboard/homes/${household.homeId}/kv`);
    await other.getByRole('button', { name: 'Edit greeting' }).click();
    await other.getByLabel('Value', { exact: true }).fill('Hello from Jo');
    await other.getByRole('button', { name: 'Save' }).click();
    await expect(other.getByRole('dialog')).toHaveCount(0);

    const notice = page.getByRole('alert').filter({ hasText: 'Changed while you were editing' });
    await expect(notice).toContainText('Hello from Jo');
    await expect(page.getByLabel('Value', { exact: true })).toHaveValue('Hello from Alex');
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByRole('button', { name: whose === 'mine' ? 'Keep mine' : 'Take theirs' }).click();
    const kept = whose === 'mine' ? 'Hello from Alex' : 'Hello from Jo';
    await expect(page.getByLabel('Value', { exact: true })).toHaveValue(kept);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(rowOf(page, 'greeting')).toContainText(kept);
    expect(await storedText(system, household, 'greeting')).toContain(`"value":"${kept}"`);
  });
}

test('an export holds every digit; deleting can be undone; importing shows what will happen, brings all back and can be undone', async ({
  page,
  context,
  household,
  system,
}) => {
  const store = storeOf(system, household);
  await store('serial', '9007199254740993');
  await store('curve', '{"points":[1.50,2e3],"b":null,"a":true}');
  await store('wifi', '"Kai’s “harbour”"');
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/kv`);
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await (await downloaded).path();
  const exported = await readFile(file, 'utf8');
  expect(exported).toBe(
    '{\n  "curve": {"points":[1.50,2e3],"b":null,"a":true},\n  "serial": 9007199254740993,\n  "wifi": "Kai’s “harbour”"\n}\n',
  );

  await rowOf(page, 'serial').getByRole('button', { name: 'Actions for serial' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(rowOf(page, 'serial')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'serial')).toContainText('9007199254740993');
  await rowOf(page, 'serial').getByRole('button', { name: 'Actions for serial' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(rowOf(page, 'serial')).toHaveCount(0);
  await store('wifi', '"boat house"');

  // Two in a row, while the first is still on its way: both go.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const deleting = (url: URL) => url.pathname.endsWith('/kv/curve');
  await page.route(deleting, async (route) => {
    await held;
    await route.continue();
  });
  for (const key of ['curve', 'wifi']) {
    await rowOf(page, key)
      .getByRole('button', { name: `Actions for ${key}` })
      .click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByRole('menuitem')).toHaveCount(0);
  }
  release();
  await expect(rows(page)).toHaveCount(0);
  await page.unroute(deleting);
  await store('curve', '{"points":[1.50,2e3],"b":null,"a":true}');
  await store('wifi', '"boat house"');
  await expect(rows(page)).toHaveCount(2);

  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('JSON file').setInputFiles(file);
  await expect(page.getByText('1 new, 1 changed, 1 unchanged.')).toBeVisible();
  const preview = page.getByRole('list', { name: 'What will happen' }).getByRole('listitem');
  await expect(preview).toHaveText([/curve.*Unchanged/, /serial.*New/, /wifi.*Changed/]);
  expect(await storedText(system, household, 'serial')).toBe('');
  await page.getByRole('button', { name: 'Import 2' }).click();
  await expect(page.getByText('All is written: 2 of 2')).toBeVisible();
  expect(await storedText(system, household, 'serial')).toContain('"value":9007199254740993,');
  expect(await storedText(system, household, 'wifi')).toContain('“harbour”');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(rowOf(page, 'serial')).toContainText('9007199254740993');

  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByLabel('Or paste JSON').fill('{"serial":1,"curve":[],"fresh":true}');
  await expect(page.getByText('1 new, 2 changed, 0 unchanged.')).toBeVisible();
  await page.getByRole('button', { name: 'Import 3' }).click();
  await expect(page.getByText('All is written: 3 of 3')).toBeVisible();
  await store('curve', '"by somebody else"');
  await page.getByRole('button', { name: 'Undo the import' }).click();
  await expect(page.getByText('Taken back: 2')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('curve', { exact: true })).toBeVisible();
  expect(await storedText(system, household, 'serial')).toContain('"value":9007199254740993,');
  expect(await storedText(system, household, 'curve')).toContain('by somebody else');
  expect(await storedText(system, household, 'fresh')).toBe('');
});

test('of a thousand values a screenful is drawn; the last one is reached, found and opened', async ({
  page,
  context,
  household,
}) => {
  const { factory, homeId } = household;
  await factory.deps.db.insert(homeValues).values(
    Array.from({ length: 1_000 }, (_, index) => ({
      homeId,
      key: `reading-${String(index).padStart(4, '0')}`,
      value: String(index),
      modifiedAt: new Date(),
    })),
  );
  await household.enter(context);
  await page.goto(`/dashboard/homes/${homeId}/kv`);
  await expect(page.getByText('Values shown: 1000')).toBeAttached();
  await expect(rowOf(page, 'reading-0000')).toHaveAttribute('aria-setsize', '1000');
  expect(await rows(page).count()).toBeLessThan(60);
  const last = rowOf(page, 'reading-0999');
  await scrollToEnd(page, last);
  await expect(last).toHaveAttribute('aria-posinset', '1000');
  await expect(rowOf(page, 'reading-0000')).toHaveCount(0);
  expect(await rows(page).count()).toBeLessThan(60);
  await last.getByRole('button', { name: 'Edit reading-0999' }).click();
  await expect(page.getByRole('dialog', { name: 'reading-0999' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByLabel('Find by the start of the key').fill('reading-0500');
  await expect(rows(page)).toHaveCount(1);
  await expect(rowOf(page, 'reading-0500')).toBeInViewport();
});
