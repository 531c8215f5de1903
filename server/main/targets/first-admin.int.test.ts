import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffAccounts } from '@/drizzle/schema';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { codeOf, StaffBrowser } from '@/server/testing/staff-browser';
import { type System, startSystem } from '@/server/testing/system';
import { readConfig } from '../../config';
import { run } from './first-admin';

let system: System;
let factory: Factory;
beforeAll(async () => {
  system = await startSystem();
  factory = makeFactory(system);
});
afterAll(async () => {
  await factory.end();
  await system.stop();
});

const start = (settings: Record<string, string> = {}) =>
  run(readConfig({ NODE_ENV: 'test', DATABASE_URL: system.databaseUrl, ...settings }));
const tokenIn = (lines: readonly string[]): string =>
  /token=([A-Za-z0-9]{40})$/.exec(lines[1] ?? '')?.[1] ?? '';
const setUp = (token: string) =>
  new StaffBrowser(system.url).ask('POST', '/staff/setup', { token, password: 'a long enough phrase' });

it('the first start makes one administrator of everything, and prints a link until it was used', async () => {
  const first = await start();
  expect(first[0]).toBe('Support   admin@latchkey.example');
  expect(first[1]).toMatch(/^Set up {4}\{url\}\/support\/set-up\?token=[A-Za-z0-9]{40}$/);
  const { db } = factory.deps;
  const rows = await db.select().from(staffAccounts);
  expect(rows).toMatchObject([{ role: 'admin', everyProject: true, passwordHash: null }]);
  expect(JSON.stringify(rows)).not.toContain(tokenIn(first));

  const second = await start({ PUBLIC_URL: 'https://home.example/' });
  expect(second[1]).toMatch(/^Set up {4}https:\/\/home\.example\/support\/set-up\?token=/);
  expect(await db.select().from(staffAccounts)).toHaveLength(1);
  expect((await setUp(tokenIn(first))).body).toMatchObject({ reason: 'INVALID_TOKEN' });

  const late = new Date(Date.now() - 1_000);
  await db.update(staffAccounts).set({ setupExpiresAt: late });
  expect((await setUp(tokenIn(second))).body).toMatchObject({ reason: 'INVALID_TOKEN' });

  expect((await setUp(tokenIn(await start()))).status).toBe(200);
  expect(await start()).toEqual([]);
  const admin = new StaffBrowser(system.url);
  expect((await admin.signIn('admin@latchkey.example', 'a long enough phrase')).body.step).toBe('enrol');
  const { secret } = (await admin.ask('POST', '/staff/session/factor/start')).body;
  expect((await admin.prove(codeOf(secret))).body.step).toBe('done');
  expect((await admin.ask('GET', '/staff/accounts')).body.items).toHaveLength(1);

  const disabledAt = new Date();
  await db.update(staffAccounts).set({ disabledAt }).where(eq(staffAccounts.email, 'admin@latchkey.example'));
  expect(await start()).toEqual([]);
});
