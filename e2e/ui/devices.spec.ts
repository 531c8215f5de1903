import type { Page } from '@playwright/test';
import jsQr from 'jsqr';
import { insertDevices } from '@/server/services/devices/insert-devices';
import { expect, test } from './household';
import { asDevice, connectDevice, tellEvent } from './played-device';
import { scrollToEnd, tabTo } from './test';

const events = (page: Page) => page.getByRole('list', { name: 'Events' }).getByRole('listitem');

test('a device is claimed by its code with the keyboard alone, and a wrong code is told at its field', async ({
  page,
  context,
  household,
  system,
}) => {
  const lamp = await household.factory.device(household.person.user.projectId);
  const mode = new URLSearchParams({ deviceId: String(lamp.id), claimable: 'true', duration: '300' });
  await asDevice(system, lamp, 'POST', '/deviceRegistration', mode);
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/devices`);
  await page.getByRole('button', { name: 'Add a device' }).focus();
  await page.keyboard.press('Enter');
  const code = page.getByLabel('Claim code');
  await tabTo(page, code);
  await page.keyboard.type('AAAA-BBBB-CCCC');
  await page.keyboard.press('Enter');
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await expect(code).toHaveAccessibleDescription(/No device has this code/);
  await expect(code).toHaveValue('AAAA-BBBB-CCCC');
  await expect(code).toBeFocused();

  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(lamp.claimCode.toLowerCase().replaceAll('-', ' '));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(
    page.getByRole('list', { name: 'Devices of the home' }).getByRole('link', { name: `Device ${lamp.id}` }),
  ).toBeVisible();
});

test('a token for new hardware is shown as a QR code, and the device that uses it shows up by itself', async ({
  page,
  context,
  household,
  system,
}) => {
  const { factory } = household;
  const project = await factory.project('email', 'on-demand');
  await factory.deviceClass(project.id);
  const maker = await factory.person(project.id, 'Mai Vik');
  const home = await factory.home(maker, 'Workshop');
  await household.enter(context, maker);
  await page.goto(`/dashboard/homes/${home.id}/devices`);
  await page.getByRole('button', { name: 'Add a device' }).click();
  await page.getByLabel('Tag (optional)').fill('meter 7');
  const made = page.waitForResponse((answer) => answer.url().endsWith('/deviceProvisioning'));
  await page.getByRole('button', { name: 'Make a token' }).click();
  const { token } = (await (await made).json()) as { token: string };
  const code = page.getByRole('img', { name: 'The token as a QR code' });
  await expect(code).toBeVisible();
  // Read as a camera would: what is drawn is the token and nothing else.
  const { pixels, side } = await code.locator('svg').evaluate(async (svg) => {
    const image = new Image();
    const drawn = svg.cloneNode(true) as SVGSVGElement;
    // Six pixels a module, which is ten units: in fractions of a pixel not every token can be read.
    const side = (drawn.viewBox.baseVal.width / 10) * 6;
    drawn.setAttribute('width', String(side));
    drawn.setAttribute('height', String(side));
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const pen = canvas.getContext('2d');
    pen?.drawImage(image, 0, 0, side, side);
    return { pixels: [...(pen?.getImageData(0, 0, side, side).data ?? [])], side };
  });
  expect(jsQr(new Uint8ClampedArray(pixels), side, side)?.data).toBe(token);
  await expect(page.getByText(token, { exact: true })).toBeVisible();

  const redeemed = await fetch(`${system.url}/devices`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
  });
  expect(redeemed.status).toBe(201);
  const device = (await redeemed.json()) as { id: number };
  await expect(page.getByText('meter 7 is here')).toBeVisible();

  await page.getByRole('button', { name: 'Make another' }).click();
  await page.getByRole('button', { name: 'Make a token' }).click();
  await expect(code).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('link', { name: /^meter 7/ }).click();
  await expect(page).toHaveURL(`/dashboard/homes/${home.id}/devices/${device.id}`);
});

test('broken JSON is told and not sent; the device gets what was typed, and the same again from the recent ones', async ({
  page,
  context,
  household,
  system,
}) => {
  const lamp = await household.factory.device(household.person.user.projectId, household.homeId);
  const played = await connectDevice(system, lamp);
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/devices/${lamp.id}`);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/command')) sent.push(request.url());
  });
  await page.getByLabel('Action', { exact: true }).fill('dim');
  const parameters = page.getByLabel('Parameters');
  await parameters.fill('{\n  "level": 40,\n}');
  await expect(parameters).toHaveAccessibleDescription(/Line 3, column 1/);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(parameters).toHaveValue('{\n  "level": 40,\n}');
  expect(sent).toEqual([]);

  await parameters.fill('{"level": 40, "serial": 9007199254740993, "ramp": 1.50, "scene": "evening"}');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText(/^dim was handed over\./)).toBeVisible();
  const dim =
    '{"action":"dim","parameters":{"level":40,"serial":9007199254740993,"ramp":1.50,"scene":"evening"}}';
  await expect.poll(() => played.commands).toEqual([dim]);

  await page.reload();
  const again = page.getByRole('button', { name: /^dim / });
  await expect(again).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await again.click();
  await expect(page.getByLabel('Action', { exact: true })).toHaveValue('dim');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => played.commands).toEqual([dim, dim]);
  await played.end();
});

test('an event is seen at once in two browsers; the stream is filtered, searched and halted', async ({
  page,
  context,
  household,
  system,
}) => {
  const meter = await household.factory.device(household.person.user.projectId, household.homeId);
  const { page: second } = await household.neighbour('Jo');
  await household.enter(context);
  const path = `/dashboard/homes/${household.homeId}/devices/${meter.id}/events`;
  await page.goto(path);
  await second.goto(path);
  await expect(page.getByText('No events yet')).toBeVisible();

  await tellEvent(system, meter, 'reading', '{"room":"Kitchen","serial":9007199254740993}');
  for (const seen of [page, second]) {
    await expect(events(seen)).toHaveCount(1);
    await expect(events(seen).first()).toContainText('{"room":"Kitchen","serial":9007199254740993}');
  }

  await tellEvent(system, meter, 'alarm', '{"room":"Hall"}');
  await tellEvent(system, meter, 'reading', '{"room":"Attic"}');
  await expect(events(page)).toHaveCount(3);
  await page.getByLabel('Search in the data').fill('attic');
  await expect(events(page)).toHaveCount(1);
  await page.getByLabel('Search in the data').fill('cellar');
  await expect(page.getByText('No loaded event matches')).toBeVisible();
  await page.getByLabel('Search in the data').fill('');
  await page.getByLabel('Type').selectOption('alarm');
  await expect(events(page)).toHaveCount(1);
  await expect(events(page).first()).toContainText('Hall');
  await page.getByLabel('Type').selectOption('All types');
  await expect(events(page)).toHaveCount(3);
  // Of two types that are chosen one after the other the list shows the second, whichever is there first.
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route(/\/events\?.*type=alarm/, async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest(/type=alarm/);
  await page.getByLabel('Type').selectOption('alarm');
  await asked;
  await page.getByLabel('Type').selectOption('reading');
  go();
  await expect(events(page)).toHaveCount(2);
  await expect(events(page).first()).toContainText('Attic');
  await page.getByLabel('Type').selectOption('All types');
  await expect(events(page)).toHaveCount(3);

  await page.getByRole('button', { name: 'Pause' }).click();
  await tellEvent(system, meter, 'reading', '{"room":"Garage"}');
  await expect(page.getByText('Paused. Came meanwhile: 1')).toBeVisible();
  await expect(events(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(events(page)).toHaveCount(4);
  await expect(events(page).first()).toContainText('Garage');

  // A type is chosen while the stream is halted, which it stays; one that cannot be loaded is not said to be shown.
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Type').selectOption('reading');
  await expect(events(page)).toHaveCount(3);
  await tellEvent(system, meter, 'reading', '{"room":"Loft"}');
  await expect(page.getByText('Paused. Came meanwhile: 1')).toBeVisible();
  await page.route(/\/events(\?|$)/, (route) => route.fulfill({ status: 403, body: '{}' }));
  await page.getByLabel('Type').selectOption('All types');
  await expect(page.getByText('Not allowed')).toBeVisible();
  await expect(page.getByLabel('Type')).toHaveValue('reading');
  await expect(events(page)).toHaveCount(3);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(events(page).first()).toContainText('Loft');
});

test('a device is renamed and, once asked, leaves the home', async ({ page, context, household }) => {
  const lamp = await household.factory.device(household.person.user.projectId, household.homeId);
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/devices/${lamp.id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Porch lamp');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Porch lamp' })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the home' }).click();
  const question = page.getByRole('dialog', { name: 'Remove Porch lamp?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Porch lamp' })).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the home' }).click();
  await question.getByRole('button', { name: 'Remove from the home' }).click();
  await expect(page).toHaveURL(`/dashboard/homes/${household.homeId}/devices`);
  await expect(page.getByText('No devices yet')).toBeVisible();
});

test('a number of the events is drawn, live, read out by arrow keys, and never drawn where it would be wrong', async ({
  page,
  context,
  household,
  system,
}) => {
  const meter = await household.factory.device(household.person.user.projectId, household.homeId);
  const told = ['18.5', '21.0', '19.25'];
  for (const watts of told)
    await tellEvent(
      system,
      meter,
      'reading',
      `{"room":"Attic","power":{"watts":${watts}},"serial":9007199254740993}`,
    );
  await household.enter(context);
  await page.goto(`/dashboard/homes/${household.homeId}/devices/${meter.id}/charts`);
  await page.getByLabel('Value', { exact: true }).selectOption('power.watts');
  await page.getByLabel('Time', { exact: true }).selectOption('Last hour');
  const chart = page.getByRole('slider', { name: 'power.watts over time' });
  await expect(chart.locator('circle')).toHaveCount(3);
  await expect(page.getByText('19.25', { exact: true })).toBeVisible();
  await expect(page.getByText('Newest, today')).toBeVisible();

  await chart.focus();
  for (const [key, value] of [
    ['ArrowLeft', '21.0'],
    ['ArrowLeft', '18.5'],
    ['ArrowLeft', '18.5'],
    ['End', '19.25'],
    ['Home', '18.5'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(chart).toHaveAttribute('aria-valuetext', new RegExp(`^${value}, today `));
    await expect(page.getByRole('paragraph').filter({ hasText: value })).toBeVisible();
  }
  await page.keyboard.press('Escape');

  await tellEvent(system, meter, 'reading', '{"power":{"watts":44.75}}');
  await expect(page.getByText('44.75', { exact: true }).first()).toBeVisible();
  await expect(chart.locator('circle')).toHaveCount(4);
  await expect(chart).toHaveAttribute('aria-valuemax', '4');
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('table', { name: 'power.watts over time' }).getByRole('row')).toHaveText([
    /When\s*Value/,
    /44\.75$/,
    /19\.25$/,
    /21\.0$/,
    /18\.5$/,
  ]);

  await page.getByLabel('Value', { exact: true }).selectOption('serial');
  await expect(page.getByRole('table').getByText('9007199254740993')).toHaveCount(3);
  await page.getByRole('button', { name: 'Show as chart' }).click();
  await expect(page.getByText('These numbers cannot be drawn truthfully')).toBeVisible();
  await expect(page.getByRole('slider')).toHaveCount(0);
});

test('of a thousand devices a screenful is drawn; the last one is reached, found and opened', async ({
  page,
  context,
  household,
}) => {
  const { factory, homeId, person } = household;
  const { projectId } = person.user;
  // The first device of a project brings its class.
  await factory.device(projectId);
  const wanted = Array.from({ length: 1_000 }, (_, index) => ({
    projectId,
    homeId,
    deviceClass: 'smart_light',
    name: `Sensor ${String(index).padStart(4, '0')}`,
  }));
  await insertDevices(factory.deps.db, wanted, new Date());
  const rows = page.getByRole('list', { name: 'Devices of the home' }).getByRole('listitem');
  const rowOf = (name: string) => rows.filter({ hasText: name });
  await household.enter(context);
  await page.goto(`/dashboard/homes/${homeId}/devices`);
  await expect(rowOf('Sensor 0000')).toHaveAttribute('aria-setsize', '1000');
  expect(await rows.count()).toBeLessThan(60);
  const last = rowOf('Sensor 0999');
  await scrollToEnd(page, last);
  await expect(last).toHaveAttribute('aria-posinset', '1000');
  await expect(rowOf('Sensor 0000')).toHaveCount(0);
  expect(await rows.count()).toBeLessThan(60);
  await page.getByLabel('Search by name, tag or number').fill('Sensor 0500');
  await expect(rows).toHaveCount(1);
  await rowOf('Sensor 0500').getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Sensor 0500' })).toBeVisible();
});
