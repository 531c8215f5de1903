import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Config, ConfigError } from '@/server/config';
import { openDatabase } from '@/server/db/client';
import { systemClock } from '@/server/services/deps';
import type { CreatedLock } from '@/server/services/locks/create-lock';
import { makeDemo } from '@/server/services/projects/make-demo';

/** Where the virtual locks of the demo find who they are. */
export const virtualLocksFile = (dataDir: string): string => path.join(dataDir, 'virtual-locks.json');

async function keepLocks(dataDir: string, locks: readonly CreatedLock[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = virtualLocksFile(dataDir);
  const body = { locks: locks.map(({ thing, name, mqtt }) => ({ thing, name, password: mqtt.password })) };
  await writeFile(`${file}.new`, JSON.stringify(body), { mode: 0o600 });
  await rename(`${file}.new`, file);
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
    const [front] = demo.locks;
    return [
      `Account   ${demo.email}`,
      `Password  ${demo.password}`,
      `API key   ${demo.orgKey}`,
      `Try       curl -X POST -H "X-API-Key: ${demo.orgKey}" {url}/locks/${front?.id}/OpenLock`,
      'Account password and key are shown this once; only their hashes are kept.',
    ];
  } finally {
    await database.end();
  }
}
