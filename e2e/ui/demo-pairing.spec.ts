import { writeFile } from 'node:fs/promises';
import { type DemoHub, demoHubFile } from '@/server/config/demo-files';
import { freeUdpPort } from '@/server/hub-agent/free-udp-port';
import { startProgram } from '@/server/testing/matter-processes';
import { until } from '@/server/testing/until';
import { arrive, expect, goLive, holdToOpen, test } from './household';

// The Matter side of the demo runs for this file alone, around a household's hub; its third lock is the only one here.
test('who tries the demo pairs its waiting lock by the code on its label, and opens the door', async ({
  page,
  context,
  household,
  system,
}) => {
  test.setTimeout(120_000);
  const { factory, homeId, person } = household;
  const home = { id: homeId, projectId: person.user.projectId };
  const { id: hubId, thing, mqtt } = await factory.hub(home);
  const demo: DemoHub = {
    ...{ hubId, homeId, projectId: home.projectId, thing, password: mqtt.password },
    locks: [{ name: 'Workshop', port: await freeUdpPort() }],
  };
  await writeFile(demoHubFile(system.dataDir), JSON.stringify(demo), { mode: 0o600 });
  const running = await startProgram('demo-hub', {
    DATA_DIR: system.dataDir,
    MQTT_PORT: new URL(system.mqttUrl).port,
  });
  try {
    await household.enter(context);
    // It says that it is ready before Matter is, which takes as long as the machine lets it.
    await until(async () => running.output().includes('the Matter side of the demo is up'), 90_000);
    await page.goto('/dev/pairing');
    await expect(page.getByRole('heading', { name: 'Workshop' })).toBeVisible();
    await expect(page.getByRole('img', { name: 'Pairing code' })).toBeVisible();
    const code = (await page.getByText(/^\d{4}-\d{3}-\d{4}$/).textContent()) ?? '';
    await page.getByRole('link', { name: 'Go to the hub' }).click();
    await arrive(page, new RegExp(`/hubs/${hubId}/pair$`));
    await page.getByLabel('Pairing code').fill(code);
    await page.getByRole('button', { name: 'Pair this lock' }).click();
    await expect(page.getByText('The lock belongs to this home now.')).toBeVisible({ timeout: 30_000 });
    await page.getByLabel('Name of the new lock').fill('Boat house');
    await page.getByRole('button', { name: 'Save and go to the door' }).click();
    await expect(page.getByRole('heading', { name: 'Boat house', level: 1 })).toBeVisible();
    await goLive(page, page.url());
    await holdToOpen(page);
    await expect(page.getByText(/^Open(ed)?$/).first()).toBeVisible();
    await page.goto('/dev/pairing');
    await expect(page.getByText('It is paired already. Remove it to pair it again.')).toBeVisible();
  } finally {
    await running.stop();
  }
});
