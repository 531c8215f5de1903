import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exceptions, findBreaches, importsOf, readModules, type SourceModule } from './import-rules';

const root = fileURLToPath(new URL('../..', import.meta.url));

const rulesOf = (file: string, imported: string, more: Partial<SourceModule> = {}) =>
  findBreaches([{ file, imports: [imported], ...more }], []).map(({ rule }) => rule);

describe('the tree', () => {
  it('keeps the import rules of the house', () => {
    const modules = readModules(root);
    expect(modules.map(({ file }) => file)).toContain(
      path.posix.join('server', 'testing', 'import-rules.ts'),
    );
    expect(findBreaches(modules)).toEqual([]);
  });

  it('has a reason beside each exception', () => {
    for (const { reason } of exceptions) expect(reason.length).toBeGreaterThan(20);
  });
});

describe('reading imports', () => {
  it('finds every form', () => {
    const text = `
      import 'side-effect';
      import one from 'one';
      import { two,
        three } from "@/two";
      import type { Four } from './four';
      export { five } from '../five';
      export * from 'six';
      const seven = await import('seven');
      const noImport = 'from nowhere';
    `;
    expect(importsOf(text)).toEqual(['side-effect', 'one', '@/two', './four', '../five', 'six', 'seven']);
  });
});

describe('each rule refuses its breach and lets pass what it allows', () => {
  it.each([
    [
      'a contract that imports a rule',
      'server/contracts/homes.ts',
      '../domain/permissions',
      'imports point down',
    ],
    [
      'a rule that imports a service',
      'server/domain/lock/opening.ts',
      '@/server/services/homes/get-home',
      'point down',
    ],
    [
      'a table that imports the database',
      'drizzle/schema/homes.ts',
      '@/server/db/client',
      'imports point down',
    ],
    [
      'a service that imports an entry',
      'server/services/homes/get-home.ts',
      '../../api/app',
      'imports point down',
    ],
    ['an entry that imports main', 'server/bridge/relay.ts', '../main/supervisor', 'imports point down'],
    [
      'an entry that imports another',
      'server/realtime/socket-server.ts',
      '../api/authentication',
      'entries never',
    ],
    ['a page that imports an entry', 'app/dashboard/page.tsx', '@/server/bridge/relay', 'entries never'],
    ['a table that imports MQTT', 'drizzle/schema/homes.ts', '@/server/mqtt/client', 'side by side'],
    ['a contract that imports the settings', 'server/contracts/homes.ts', '@/server/config', 'side by side'],
    [
      'a component that imports a service',
      'components/lock/card.tsx',
      '@/server/services/deps',
      'browser code reaches',
    ],
    [
      'a component that imports a table',
      'components/lock/card.tsx',
      '@/drizzle/schema',
      'browser code reaches',
    ],
    ['a service that imports React', 'server/services/homes/get-home.ts', 'react', 'may import react'],
    ['a service that imports Next', 'server/services/homes/get-home.ts', 'next/headers', 'may import next'],
    ['a service that imports Hono', 'server/services/homes/get-home.ts', 'hono/cors', 'may import hono'],
    [
      'a service that imports socket.io',
      'server/services/homes/get-home.ts',
      'socket.io',
      'may import socket.io',
    ],
    ['an entry that imports mqtt', 'server/bridge/relay.ts', 'mqtt', 'only server/mqtt may import mqtt'],
    ['a rule that reads files', 'server/domain/json.ts', 'node:fs', 'no node: modules'],
    ['a contract with another package', 'server/contracts/homes.ts', 'pino', 'imports zod alone'],
    [
      'the product importing its tests',
      'server/services/homes/get-home.ts',
      '@/server/testing/factories',
      'nothing of the product',
    ],
  ])('%s', (_, file, imported, words) => {
    expect(rulesOf(file, imported)).toEqual([expect.stringContaining(words)]);
  });

  it('a page part that runs in the browser and imports a service', () => {
    const page = 'app/dashboard/panel.tsx';
    expect(rulesOf(page, '@/server/services/deps')).toEqual([]);
    expect(rulesOf(page, '@/server/services/deps', { isForBrowser: true })).toEqual([
      expect.stringContaining('browser code reaches'),
    ]);
    expect(rulesOf(page, 'node:crypto', { isForBrowser: true })).toEqual([
      expect.stringContaining('no node:'),
    ]);
  });

  it.each([
    ['server/domain/lock/opening.ts', '@/server/contracts/locks'],
    ['server/services/homes/get-home.ts', '@/drizzle/schema'],
    ['server/event-store/append.ts', '../db/client'],
    ['server/api/homes.ts', '../services/homes/get-home'],
    ['server/main/targets/gateway.ts', '@/server/api/app'],
    ['server/mqtt/client.ts', 'mqtt'],
    ['server/realtime/feeds.ts', 'socket.io'],
    ['components/lock/card.tsx', '@/server/domain/lock/predicates'],
    ['components/lock/card.tsx', 'react'],
    ['server/services/homes/get-home.test.ts', '@/server/testing/factories'],
    ['server/testing/system.ts', '../main/targets/gateway'],
    ['e2e/api/doors.test.ts', '@/server/api/app'],
  ])('%s may import %s', (file, imported) => {
    expect(rulesOf(file, imported)).toEqual([]);
  });

  it('an exception covers its own breach alone, and is refused when nothing needs it', () => {
    const exception = {
      from: 'server/realtime',
      to: 'server/api/authentication',
      reason: 'until it is moved',
    };
    const module = { file: 'server/realtime/feeds.ts', imports: ['../api/authentication', '../api/app'] };
    expect(findBreaches([module], [exception]).map(({ imported }) => imported)).toEqual(['server/api/app']);
    expect(findBreaches([], [exception])).toEqual([
      expect.objectContaining({ rule: expect.stringContaining('no longer needed') }),
    ]);
  });
});
