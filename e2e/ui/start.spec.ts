import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { expect, test } from './test';

test('the first start leads to the sign-in, and its account to its doors', async ({ page, system }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail address').fill(system.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(system.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/dashboard');
  await expect(page.getByText('Front door').first()).toBeVisible();
});

test('the https address is trusted by whoever trusts the authority of the installation', async ({
  system,
}) => {
  const request = https.get(`${system.httpsUrl}/healthz`, { ca: readFileSync(system.caFile) });
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(200);
});
