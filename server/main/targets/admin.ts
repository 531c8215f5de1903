import { existsSync } from 'node:fs';
import { runAdmin } from '@/server/admin/run';
import type { Config } from '@/server/config';
import { startEmbeddedPostgres } from '@/server/embedded/postgres';
import { ensureSecretsKey } from '@/server/embedded/secrets-key';
import { openDeps } from '@/server/services/open-deps';
import { run as migrate } from './migrate';

const brokerMs = 1_500;

/**
 * The operator's command line: one JSON document on stdout and nothing else. It works on a running system, whose
 * database it joins, and on a stopped one, whose database it starts and ends again.
 */
export async function run(config: Config, args: readonly string[]): Promise<0 | 1> {
  process.env.LOG_LEVEL = 'silent';
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.dataDir,
          log: (line) => process.stderr.write(`${line}\n`),
        })
      : undefined;
  const settings: Config = {
    ...config,
    DATABASE_URL: config.DATABASE_URL ?? embedded?.url,
    DATABASE_OWNER_URL: config.DATABASE_OWNER_URL ?? embedded?.ownerUrl,
    MQTT_URL: config.MQTT_URL ?? `mqtt://127.0.0.1:${config.MQTT_PORT}`,
    SECRETS_KEY: config.SECRETS_KEY ?? (await ensureSecretsKey(config.dataDir)),
  };
  try {
    if (embedded?.wasAdopted !== true && existsSync('drizzle/migrations')) await migrate(settings);
    const { deps, connection, close } = await openDeps(settings, 'admin', 2);
    try {
      // A removed right is told to the running processes by the bus; a stopped system has nobody to tell.
      await Promise.race([
        connection.ready(),
        new Promise((resolve) => setTimeout(resolve, embedded?.wasAdopted === false ? 0 : brokerMs)),
      ]);
      const { output, code } = await runAdmin(deps, args);
      process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
      return code;
    } finally {
      await close();
    }
  } finally {
    if (embedded?.wasAdopted === false) await embedded.stop();
  }
}
