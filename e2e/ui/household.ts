import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { sessionCookie } from '@/server/domain/cookies';
import { findEmbeddedPostgres } from '@/server/embedded/postgres';
import type { VirtualLock } from '@/server/hub-agent/virtual-lock/face';
import { createSession, dashboardApp } from '@/server/services/auth/create-session';
import { dashboardProject } from '@/server/services/auth/sign-in';
import type { CreatedLock } from '@/server/services/locks/create-lock';
import { type Factory, makeFactory, type Person } from '@/server/testing/factories';
import { arrive, test as base, expect, waitForScripts } from './test';

/** A person, a home and a door of their own, with a lock on the wire that a test can jam or take away. */
export interface Household {
  factory: Factory;
  person: Person;
  homeId: number;
  lock: CreatedLock;
  virtual: VirtualLock;
  /** Signs somebody in by putting a session into the browser. */
  enter(context: BrowserContext, person?: Person): Promise<void>;
  /** Another member of the home, signed in on a browser of their own that ends with the test. */
  neighbour(name: string): Promise<{ person: Person; page: Page }>;
}

export const test = base.extend<{ household: Household }>({
  household: async ({ system, browser }, use) => {
    const database = await findEmbeddedPostgres(system.dataDir);
    if (database === undefined) throw new Error('the database of the started system was not found');
    const secretsKey = (await readFile(path.join(system.dataDir, 'secrets-key'), 'utf8')).trim();
    const factory = makeFactory({ databaseUrl: database.url, mqttUrl: system.mqttUrl, secretsKey });
    const project = await dashboardProject(factory.deps);
    if (project === undefined) throw new Error('the started system has no project');
    const person = await factory.person(project.id, 'Alex Berg', 'correct horse 9');
    const home = await factory.home(person, 'Quay 7');
    const lock = await factory.lock(home.id, 'Sea door');
    const virtual = await factory.virtualLock(lock, { boltMs: 300 });
    const opened: BrowserContext[] = [];
    const enter = async (context: BrowserContext, who = person) => {
      const { token } = await createSession(factory.deps.db, who.user.id, dashboardApp, new Date());
      await context.addCookies([
        {
          name: sessionCookie(false),
          value: encodeURIComponent(token),
          url: system.url,
          httpOnly: true,
          sameSite: 'Lax',
        },
      ]);
    };
    await use({
      factory,
      person,
      homeId: home.id,
      lock,
      virtual,
      enter,
      async neighbour(name) {
        const neighbour = await factory.person(project.id, name);
        await factory.member(home.id, neighbour, 'member');
        const context = await browser.newContext({ baseURL: system.url, locale: 'en-GB' });
        opened.push(context);
        waitForScripts(context);
        await enter(context, neighbour);
        return { person: neighbour, page: await context.newPage() };
      },
    });
    for (const context of opened) await context.close();
    await virtual.stop();
    await factory.end();
  },
});

export const holdButton = (page: Page) =>
  page.getByRole('button', { name: /^Hold to (open|try again)|^On its way|^Keep holding/ });

/** Opens a page and waits until it hears of changes. */
export async function goLive(page: Page, path: string): Promise<void> {
  const live = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.goto(path);
  await live;
}

/** Presses the button with the mouse and keeps it down until the request is on its way. */
export async function holdToOpen(page: Page): Promise<void> {
  await holdButton(page).hover();
  const asked = page.waitForRequest((request) => request.url().endsWith('/OpenLock'));
  await page.mouse.down();
  await asked;
  await page.mouse.up();
}

export { arrive, expect };
