import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Config, ConfigError } from '@/server/config';
import { type DemoHub, demoHubFile } from '@/server/config/demo-files';
import { openDatabase } from '@/server/db/client';
import { freeUdpPort } from '@/server/hub-agent/free-udp-port';
import { writeWhole } from '@/server/hub-agent/state-file';
import { type Deps, systemClock } from '@/server/services/deps';
import { createHub } from '@/server/services/hubs/create-hub';
import type { CreatedLock } from '@/server/services/locks/create-lock';
import { type Demo, makeDemo } from '@/server/services/projects/make-demo';
import { secretsFrom } from '@/server/services/secrets';

/** Where the virtual locks of the demo find who they are. */
export const virtualLocksFile = (dataDir: string): string => path.join(dataDir, 'virtual-locks.json');

async function keepLocks(dataDir: string, locks: readonly CreatedLock[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = virtualLocksFile(dataDir);
  const body = { locks: locks.map(({ thing, name, mqtt }) => ({ thing, name, password: mqtt.password })) };
  await writeFile(`${file}.new`, JSON.stringify(body), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Of the two that the hub pairs by itself and of the one that waits. */
const matterLocks = ['Boathouse', 'Cellar', 'Workshop'];

/** Gives the demo home a hub, and the process of the demo's Matter side what it has to know. */
async function addHub(config: Config, deps: Pick<Deps, 'db'>, { projectId, homeId }: Demo): Promise<void> {
  if (!config.LATCHKEY_DEMO_MATTER || config.SECRETS_KEY === undefined) return;
  const secrets = secretsFrom(config.SECRETS_KEY);
  const { id, thing, mqtt } = await createHub(
    { ...deps, secrets },
    { projectId, homeId, serial: 'DEMO-HUB', model: 'Latchkey hub' },
  );
  const locks = [];
  for (const name of matterLocks) locks.push({ name, port: await freeUdpPort() });
  const kept: DemoHub = { hubId: id, projectId, homeId, thing, password: mqtt.password, locks };
  await writeWhole(demoHubFile(config.dataDir), kept);
}

/** Makes the demo project once. Returns lines for the banner: account and key at the first start only. */
export async function run(config: Config): Promise<string[]> {
  if (config.DATABASE_URL === undefined)
    throw new ConfigError('These settings are needed by demo: DATABASE_URL');
  const database = openDatabase({ url: config.DATABASE_URL, applicationName: 'latchkey-demo', max: 2 });
  try {
    const demo = await makeDemo({ db: database.db, clock: systemClock });
    if (demo === undefined)
      return ['Account   demo@latchkey.example (password as printed at the first start)'];
    await keepLocks(config.dataDir, demo.locks);
    await addHub(config, { db: database.db }, demo);
    const [front] = demo.locks;
    return [
      `Account   ${demo.email}`,
      `Password  ${demo.password}`,
      `API key   ${demo.orgKey}`,
      `Try       curl -X POST -H "X-API-Key: ${demo.orgKey}" {url}/locks/${front?.id}/OpenLock`,
      ...(config.LATCHKEY_DEMO_MATTER
        ? ['Pair one  {url}/dev/pairing shows the code of a lock that waits']
        : []),
      'Account password and key are shown this once; only their hashes are kept.',
    ];
  } finally {
    await database.end();
  }
}
