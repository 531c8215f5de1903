import { runAdmin } from '@/server/admin/run';
import type { Config } from '@/server/config';
import { borrowEmbeddedPostgres } from '@/server/embedded/borrow';
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
  const borrowed =
    config.DATABASE_URL === undefined
      ? await borrowEmbeddedPostgres(config.dataDir, (line) => process.stderr.write(`${line}\n`))
      : undefined;
  const settings: Config = {
    ...config,
    DATABASE_URL: config.DATABASE_URL ?? borrowed?.url,
    DATABASE_OWNER_URL: config.DATABASE_OWNER_URL ?? borrowed?.ownerUrl,
    MQTT_URL: config.MQTT_URL ?? `mqtt://127.0.0.1:${config.MQTT_PORT}`,
    SECRETS_KEY: config.SECRETS_KEY ?? (await ensureSecretsKey(config.dataDir)),
  };
  try {
    if (borrowed?.isOfRunningSystem !== true) await migrate(settings);
    const { deps, connection, close } = await openDeps(settings, 'admin', 2);
    try {
      // A right that is taken away is told to the running processes by the bus; a stopped system has nobody to tell.
      if (borrowed?.isOfRunningSystem !== false) {
        await Promise.race([connection.ready(), new Promise((resolve) => setTimeout(resolve, brokerMs))]);
      }
      const { output, code } = await runAdmin(
        {
          ...deps,
          dataDir: config.dataDir,
          certificates: { dataDir: config.dataDir, isServerOurs: config.TLS_CERT_FILE === undefined },
        },
        args,
      );
      process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
      return code;
    } finally {
      await close();
    }
  } finally {
    await borrowed?.release();
  }
}
