import { randomUUID } from 'node:crypto';
import { busOver } from '../bus/bus';
import type { Config } from '../config';
import { ConfigError } from '../config';
import { makeLog } from '../config/log';
import { openDatabase } from '../db/client';
import { connectMqtt, type MqttConnection } from '../mqtt/client';
import { shadowClientOver } from '../mqtt/shadow-client';
import { type Deps, systemClock } from './deps';
import { secretsFrom } from './secrets';

export interface OpenDeps {
  deps: Deps;
  /** The process's connection to the shadow broker, which carries the bus as well. */
  connection: MqttConnection;
  close(): Promise<void>;
}

/** Opens what services need, for the process called `name`. Connections come up in the background. */
export async function openDeps(config: Config, name: string, poolSize = 10): Promise<OpenDeps> {
  const log = makeLog(name);
  const missing = (['DATABASE_URL', 'MQTT_URL', 'SECRETS_KEY'] as const).filter(
    (key) => config[key] === undefined,
  );
  if (missing.length > 0)
    throw new ConfigError(`These settings are needed by ${name}: ${missing.join(', ')}`);
  const secrets = secretsFrom(config.SECRETS_KEY as string);
  const database = openDatabase({
    url: config.DATABASE_URL as string,
    applicationName: `latchkey-${name}`,
    max: poolSize,
  });
  const address = new URL(config.MQTT_URL as string);
  // A broker of the operator's has accounts of its own; the embedded one knows our services.
  const account =
    address.username === ''
      ? { username: `svc:${name}`, password: secrets.servicePassword(name) }
      : { username: decodeURIComponent(address.username), password: decodeURIComponent(address.password) };
  address.username = '';
  address.password = '';
  const connection = connectMqtt(
    {
      url: address.href,
      clientId: `svc:${name}:${randomUUID().slice(0, 8)}`,
      keepaliveSeconds: 10,
      ...account,
    },
    (error) => log.debug({ err: error }, 'broker connection'),
  );
  const shadow = shadowClientOver(connection);
  await shadow.start();
  const deps: Deps = {
    db: database.db,
    bus: busOver(connection),
    shadow,
    clock: systemClock,
    log,
    secrets,
    dashboardProject: config.DASHBOARD_PROJECT,
  };
  return {
    deps,
    connection,
    async close() {
      await connection.end();
      await database.end();
    },
  };
}
