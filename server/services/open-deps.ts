import { randomUUID } from 'node:crypto';
import { busOver } from '../bus/bus';
import type { Config } from '../config';
import { ConfigError } from '../config';
import { type Logger, makeLog } from '../config/log';
import { openDatabase } from '../db/client';
import { connectMqtt, type MqttConnection } from '../mqtt/client';
import { shadowClientOver } from '../mqtt/shadow-client';
import { messagingOf } from '../notify/messaging';
import { type Deps, systemClock } from './deps';
import { mqttAccessOf } from './mqtt-access';
import { type Secrets, secretsFrom } from './secrets';

export interface OpenDeps {
  deps: Deps;
  /** The process's connection to the shadow broker, which carries the bus as well. */
  connection: MqttConnection;
  close(): Promise<void>;
}

/** Connection of one of our services to the broker. */
function connectService(config: Config, name: string, secrets: Secrets, log: Logger): MqttConnection {
  const address = new URL(config.MQTT_URL as string);
  // A broker of the operator's has accounts of its own; the embedded one knows our services.
  const account =
    address.username === ''
      ? { username: `svc:${name}`, password: secrets.servicePassword(name) }
      : { username: decodeURIComponent(address.username), password: decodeURIComponent(address.password) };
  address.username = '';
  address.password = '';
  return connectMqtt(
    {
      url: address.href,
      clientId: `svc:${name}:${randomUUID().slice(0, 8)}`,
      keepaliveSeconds: 10,
      ...account,
    },
    (error) => log.debug({ err: error }, 'broker connection'),
  );
}

/**
 * Opens what services need, for the process called `name`. Connections come up in the background. `bus`: a process that
 * only listens to the bus and opens no doors is spared the answers of shadows; it may bring its own connection.
 */
export async function openDeps(
  config: Config,
  name: string,
  poolSize = 10,
  bus?: { connection: MqttConnection | undefined },
): Promise<OpenDeps> {
  const log = makeLog(name);
  const missing = (['DATABASE_URL', 'MQTT_URL', 'SECRETS_KEY'] as const).filter(
    (key) => config[key] === undefined && !(key === 'MQTT_URL' && bus?.connection !== undefined),
  );
  if (missing.length > 0)
    throw new ConfigError(`These settings are needed by ${name}: ${missing.join(', ')}`);
  const secrets = secretsFrom(config.SECRETS_KEY as string);
  const database = openDatabase({
    url: config.DATABASE_URL as string,
    applicationName: `latchkey-${name}`,
    max: poolSize,
  });
  const connection = bus?.connection ?? connectService(config, name, secrets, log);
  const shadow = shadowClientOver(connection);
  if (bus === undefined) await shadow.start();
  const deps: Deps = {
    db: database.db,
    bus: busOver(connection),
    shadow,
    clock: systemClock,
    log,
    secrets,
    messaging: messagingOf(config),
    publicUrl: config.PUBLIC_URL?.replace(/\/+$/, ''),
    mqttAccess: mqttAccessOf(config),
    dashboardProject: config.DASHBOARD_PROJECT,
    limits: {
      deviceMessagesPerMinute: config.DEVICE_MESSAGES_PER_MINUTE,
      userRequestsPerMinute: config.USER_REQUESTS_PER_MINUTE,
      keyRequestsPerMinute: config.KEY_REQUESTS_PER_MINUTE,
      organisationRequestsPerSecond: config.ORGANISATION_REQUESTS_PER_SECOND,
    },
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
