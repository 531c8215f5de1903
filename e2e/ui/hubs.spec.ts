import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { send } from '@/server/testing/api-client';
import type { VirtualHub } from '@/server/testing/virtual-hub';
import { browserThatSees } from './camera';
import { arrive, expect, goLive, test as withHousehold } from './household';
import { asDevice } from './played-device';
import { waitForScripts } from './test';

const goodCode = '3497-011-2332';

interface HubWorld {
  id: string;
  serial: string;
  virtual: VirtualHub;
}

/** The household with a hub on the wire that does as the test says. */
const test = withHousehold.extend<{ hub: HubWorld }>({
  hub: async ({ household }, use) => {
    const { factory, homeId, person } = household;
    const made = await factory.hub({ id: homeId, projectId: person.user.projectId });
    const virtual = await factory.virtualHub(made);
    await use({ id: made.id, serial: made.serial, virtual });
    await virtual.end();
  },
});

const steps = (page: Page) => page.getByRole('list', { name: 'Steps of the pairing' });
const codeField = (page: Page) => page.getByLabel('Pairing code');
const pairButton = (page: Page) => page.getByRole('button', { name: 'Pair this lock' });

/** What the hub says of the command it was told. */
const teller =
  (virtual: VirtualHub, id: unknown) =>
  (state: string, more: object = {}) =>
    virtual.report({ command: { id, state, ...more } });

test('a wrong digit group is named, and the right code is paired step by step to a lock with a name', async ({
  page,
  context,
  household,
  hub,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/hubs/${hub.id}/pair`);
  await codeField(page).fill('3497-O11');
  await expect(page.getByText('Group 2 holds a character that is no digit.')).toBeVisible();
  await codeField(page).fill('3497-011-2333');
  await expect(page.getByText(/The last digit does not fit the others/)).toBeVisible();
  await pairButton(page).click();
  expect(hub.virtual.commands.size).toBe(0);
  await codeField(page).fill(goodCode);
  await expect(page.getByText('The code is complete and well formed.')).toBeVisible();
  await pairButton(page).click();
  const command = await hub.virtual.commands.next();
  expect(command.code).toBe('34970112332');
  const tell = teller(hub.virtual, command.id);
  await tell('accepted');
  await tell('locating');
  await expect(page.getByText(/looking for a lock with this code/)).toBeVisible();
  await tell('attesting');
  await expect(page.getByText('The hub is checking who made the lock.')).toBeVisible();
  await tell('succeeded', { device: { id: '7', deviceType: 'door-lock', name: 'Lock 7' } });
  await expect(page.getByText('The lock belongs to this home now.')).toBeVisible();
  for (const name of ['Sent to the hub', 'The hub has it', 'Learning its state'])
    await expect(steps(page).getByRole('listitem').filter({ hasText: name })).toHaveText(
      /\d+ ms|\d+[.,]\d s|\d+ s/,
    );
  expect(page.url()).not.toMatch(/3497-?011/);
  await page.getByLabel('Name of the new lock').fill('Boat house');
  await page.getByRole('button', { name: 'Save and go to the door' }).click();
  await expect(page.getByRole('heading', { name: 'Boat house', level: 1 })).toBeVisible();
});

test('a failure names its cause, and the same code is tried again in one press', async ({
  page,
  context,
  household,
  hub,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/hubs/${hub.id}/pair`);
  await codeField(page).fill(goodCode);
  // A call that is lost on its way is told, because no attempt will tell it.
  const asking = /\/hubs\/[^/]+\/commission/i;
  await page.route(asking, (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await pairButton(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'No answer' })).toBeVisible();
  await page.unroute(asking);
  await pairButton(page).click();
  const first = await hub.virtual.commands.next();
  await expect(page.getByRole('alert').filter({ hasText: 'No answer' })).toHaveCount(0);
  await teller(hub.virtual, first.id)('failed', { error: 'WRONG_PASSCODE' });
  await expect(page.getByText('The code does not fit the lock')).toBeVisible();
  await page.getByRole('button', { name: 'Try again with the same code' }).click();
  const second = await hub.virtual.commands.next();
  expect(second.code).toBe(first.code);
  expect(second.id).not.toBe(first.id);
  await teller(hub.virtual, second.id)('failed', { error: 'DEVICE_NOT_FOUND' });
  await expect(page.getByText(/paired with another system/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('No lock was found')).toBeVisible();
  await expect(page.getByText(/The code was not kept/)).toBeVisible();
});

test('two browsers see the same pairing, and coming back shows where it stands', async ({
  page,
  context,
  household,
  hub,
}) => {
  const { page: watching } = await household.neighbour('Jo');
  const address = `/dashboard/homes/${household.homeId}/hubs/${hub.id}/pair`;
  await goLive(watching, address);
  await household.enter(context);
  await page.goto(address);
  await codeField(page).fill(goodCode);
  await pairButton(page).click();
  const { id } = await hub.virtual.commands.next();
  const tell = teller(hub.virtual, id);
  await tell('pairing');
  await expect(watching.getByText(/two are agreeing on keys/)).toBeVisible();
  await expect(watching.getByText(/Begun by Alex Berg/)).toBeVisible();
  await page.goto(`/dashboard/homes/${household.homeId}/hubs`);
  await page.goto(address);
  await expect(page.getByText(/two are agreeing on keys/)).toBeVisible();
  await tell('succeeded', { device: { id: '8', deviceType: 'door-lock', name: 'Lock 8' } });
  await expect(watching.getByText('The lock belongs to this home now.')).toBeVisible();
  await expect(page.getByText('The lock belongs to this home now.')).toBeVisible();
});

test('a hub that loses its connection is shown out of reach by itself', async ({
  page,
  context,
  household,
  hub,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/hubs/${hub.id}`);
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await hub.virtual.end();
  await expect(page.getByText('The hub is out of reach')).toBeVisible();
});

test('an owner suspends a hub with a reason and gives it its rights back, by keyboard alone', async ({
  page,
  context,
  household,
  hub,
}) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/hubs/${hub.id}`);
  await page.getByRole('button', { name: 'Suspend this hub' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Reason').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Say why, so that others understand it later.')).toBeVisible();
  await page.keyboard.type('stolen');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Reason given: stolen/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Pair a lock' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Resume this hub' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Resume this hub' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Reason given: stolen/)).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Pair a lock' })).toBeVisible();
});

test('a lock is removed only once its name was typed', async ({ page, context, household }) => {
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/locks`);
  await page.getByRole('button', { name: 'More for Sea door' }).click();
  await page.getByRole('menuitem', { name: 'Remove the lock' }).click();
  const remove = page.getByRole('button', { name: 'Remove the lock' });
  await expect(remove).toBeDisabled();
  await page.getByLabel('Type the name of the lock to confirm').fill('Sea door');
  await remove.click();
  await expect(page.getByText('No lock yet')).toBeVisible();
  await page.goto(`/dashboard/locks/${household.lock.id}`);
  await expect(page.getByRole('heading', { name: 'Sea door' })).toHaveCount(0);
});

test('an owner adds a hub by its label, and a wrong code is told at its field', async ({
  page,
  context,
  household,
  system,
}) => {
  const id = randomUUID();
  const serial = `LK1-${id.slice(0, 8)}`;
  const { key } = await household.factory.orgKey(household.person.user.projectId);
  const { body } = await send(system.url, 'POST', `/hubs/${id}/ProvisionHub`, {
    apiKey: key,
    body: { hubId: id, serial, model: 'LK1' },
  });
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/hubs`);
  await expect(page.getByText('No hub yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add a hub' }).click();
  await page.getByLabel('Serial number').fill(serial);
  await page.getByLabel('Claim code').fill('AAAA-BBBB-CCCC');
  await page.getByRole('button', { name: 'Add this hub' }).click();
  await expect(page.getByText(/This code does not belong to this serial number/)).toBeVisible();
  await page.getByLabel('Claim code').fill(String(body.claimCode).toLowerCase());
  await page.getByRole('button', { name: 'Add this hub' }).click();
  await expect(page.getByRole('link', { name: serial })).toBeVisible();
});

test('the camera reads the code of a device and that of a lock', async ({
  household,
  hub,
  system,
}, testInfo) => {
  // Two further browsers are started.
  test.setTimeout(90_000);
  const look = async (text: string) => {
    const theirs = await browserThatSees(text, testInfo.outputPath(`${text.length}.y4m`));
    const context = await theirs.newContext({ baseURL: system.url, locale: 'en-GB' });
    waitForScripts(context);
    await household.enter(context);
    return { page: await context.newPage(), end: () => theirs.close() };
  };

  await test.step('a device is claimed by the label that the camera sees', async () => {
    const lamp = await household.factory.device(household.person.user.projectId);
    const mode = new URLSearchParams({ deviceId: String(lamp.id), claimable: 'true', duration: '300' });
    await asDevice(system, lamp, 'POST', '/deviceRegistration', mode);
    const { page, end } = await look(lamp.claimCode);
    await page.goto(`/dashboard/homes/${household.homeId}/devices`);
    await page.getByRole('button', { name: 'Add a device' }).click();
    await page.getByRole('button', { name: 'Scan with the camera' }).click();
    await expect(page.getByLabel('Claim code')).toHaveValue(lamp.claimCode);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByRole('link', { name: `Device ${lamp.id}` })).toBeVisible();
    await end();
  });

  await test.step('a lock is paired by the code that the camera sees', async () => {
    const code = 'MT:Y.K9042C00KA0648G00';
    const { page, end } = await look(code);
    await page.goto(`/dashboard/homes/${household.homeId}/hubs/${hub.id}/pair`);
    await page.getByRole('button', { name: 'Scan the code' }).click();
    await expect(codeField(page)).toHaveValue(code);
    await pairButton(page).click();
    expect((await hub.virtual.commands.next()).code).toBe(code);
    await end();
  });
});

test('a hub is moved to another home of its owner, who is told first that its locks stay', async ({
  page,
  context,
  household,
  hub,
}) => {
  const { factory, homeId, person } = household;
  const cabin = await factory.home(person, 'Cabin');
  await household.enter(context);
  await page.goto(`/dashboard/homes/${homeId}/hubs/${hub.id}`);
  await page.getByRole('button', { name: 'Move it to another home' }).click();
  const dialog = page.getByRole('dialog', { name: 'Move this hub to another home?' });
  await expect(dialog.getByText(/The locks behind it stay in this home/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Move it to another home' }).click();
  await expect(dialog.getByText('Say why, so that others understand it later.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('taken to the cabin');
  await dialog.getByRole('button', { name: 'Move it to another home' }).click();
  await arrive(page, new RegExp(`/homes/${cabin.id}/hubs/${hub.id}$`));
  await expect(page.getByRole('heading', { name: hub.serial })).toBeVisible();
  await page.goto(`/dashboard/homes/${homeId}/hubs`);
  await expect(page.getByText('No hub yet')).toBeVisible();
});
