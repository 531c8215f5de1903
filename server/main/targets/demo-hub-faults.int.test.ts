import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import { locks } from '@/drizzle/schema';
import { readConfig } from '@/server/config';
import { demoPairingFile } from '@/server/config/demo-files';
import { makeFactory } from '@/server/testing/factories';
import { startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';
import { run } from './demo';
import { start } from './demo-hub';

const patienceMs = 60_000;

it('the hub of the demo pairs its locks and leaves one for whoever tries it', async () => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  const system = await startSystem();
  const factory = makeFactory(system);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'demo-hub-'));
  const config = readConfig({
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    DATABASE_URL: system.databaseUrl,
    MQTT_URL: system.mqttUrl,
    MQTT_PORT: new URL(system.mqttUrl).port,
    SECRETS_KEY: system.secretsKey,
  });
  try {
    const lines = await run(config);
    expect(lines.join('\n')).toContain('/dev/pairing');
    const demo = await start(config);
    try {
      const paired = (count: number) =>
        until(async () => {
          const rows = await factory.deps.db.select().from(locks).where(eq(locks.bolt, 'locked'));
          const names = rows.filter(({ hubId }) => hubId !== null).map(({ name }) => name);
          return names.length >= count ? names : undefined;
        }, patienceMs);
      // Matter is up, then one lock after the other: each may take a while.
      await until(async () => existsSync(demoPairingFile(dataDir)), patienceMs);
      await paired(1);
      expect((await paired(2)).sort()).toEqual(['Boathouse', 'Cellar']);
      const waiting = JSON.parse(await readFile(demoPairingFile(dataDir), 'utf8'));
      expect(waiting).toMatchObject({ name: 'Workshop', isPaired: false });
    } finally {
      await demo.stop();
    }
    // The page shows no lock that is not there.
    expect(existsSync(demoPairingFile(dataDir))).toBe(false);
  } finally {
    vi.unstubAllEnvs();
    await factory.end();
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 300_000);
