import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { makeBroker } from '@/server/broker/broker';
import { listen } from '@/server/broker/listeners';
import { type Config, ConfigError } from '@/server/config';
import { makeLog } from '@/server/config/log';
import { openDatabase } from '@/server/db/client';
import { secretsFrom } from '@/server/services/secrets';
import type { Running } from './target';

/** The embedded broker. It needs the database only to let things in, so it starts without waiting for it. */
export async function start(
  config: Config,
): Promise<Running & { port: number; tlsPort: number | undefined }> {
  const missing = (['DATABASE_URL', 'SECRETS_KEY'] as const).filter((key) => config[key] === undefined);
  if (missing.length > 0) throw new ConfigError(`These settings are needed by broker: ${missing.join(', ')}`);
  const log = makeLog('broker');
  const database = openDatabase({
    url: config.DATABASE_URL as string,
    applicationName: 'latchkey-broker',
    max: 5,
  });
  const broker = await makeBroker({
    db: database.db,
    log,
    secrets: secretsFrom(config.SECRETS_KEY as string),
  });
  const { TLS_CERT_FILE: cert, TLS_KEY_FILE: key } = config;
  const tls =
    cert !== undefined && key !== undefined && existsSync(cert)
      ? { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') }
      : undefined;
  const listeners = await listen(
    broker,
    {
      host: config.HOST,
      port: config.MQTT_PORT,
      tlsPort: config.MQTT_TLS_PORT,
      ...(tls === undefined ? {} : { tls }),
    },
    log,
  );
  return {
    port: listeners.port,
    tlsPort: listeners.tlsPort,
    async stop() {
      await listeners.close();
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await database.end();
    },
  };
}
