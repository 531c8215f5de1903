import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { busOver } from '../bus/bus';
import type { Config } from '../config';
import { ConfigError } from '../config';
import { busUrl, shadowKeeper } from '../config/brokers';
import { type Logger, makeLog } from '../config/log';
import { openDatabase } from '../db/client';
import { connectMqtt, type MqttConnection, type MqttSettings } from '../mqtt/client';
import { shadowClientOver } from '../mqtt/shadow-client';
import { messagingOf } from '../notify/messaging';
import { type Deps, systemClock } from './deps';
import { mqttAccessOf } from './mqtt-access';
import { type Secrets, secretsFrom } from './secrets';

export interface OpenDeps {
  deps: Deps;
  /** The process's connection to the shadow broker. */
  connection: MqttConnection;
  /** Its connection to the bus: the same one, unless the bus has a broker of its own. */
  busConnection: MqttConnection;
  close(): Promise<void>;
}

type Identity = Pick<MqttSettings, 'username' | 'password' | 'certificate' | 'ca'>;

/** PEM files that the operator named for the shadow broker. */
function readFiles({ MQTT_CERT_FILE, MQTT_KEY_FILE, MQTT_CA_FILE }: Config): Identity {
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    ...(MQTT_CERT_FILE === undefined || MQTT_KEY_FILE === undefined
      ? {}
      : { certificate: { cert: read(MQTT_CERT_FILE), key: read(MQTT_KEY_FILE) } }),
    ...(MQTT_CA_FILE === undefined ? {} : { ca: read(MQTT_CA_FILE) }),
  };
}

/** A broker of the operator's has accounts of its own; the embedded one knows our services. */
function accountOf(address: URL, name: string, secrets: Secrets): Identity {
  if (address.username === '') return { username: `svc:${name}`, password: secrets.servicePassword(name) };
  return { username: decodeURIComponent(address.username), password: decodeURIComponent(address.password) };
}

/** Keep-alive and reconnects as AWS wants them (device-shadow 8), and its name for MQTT on the port of HTTPS. */
const awsManners = (address: URL): Partial<MqttSettings> => ({
  keepaliveSeconds: 30,
  reconnectMs: [1_000, 128_000],
  ...(address.port === '443' ? { alpn: ['x-amzn-mqtt-ca'] } : {}),
});

function connect(
  url: string,
  name: string,
  settings: (address: URL) => Partial<MqttSettings>,
  log: Logger,
): MqttConnection {
  const address = new URL(url);
  const chosen = settings(address);
  address.username = '';
  address.password = '';
  return connectMqtt(
    {
      url: address.href,
      clientId: `svc:${name}:${randomUUID().slice(0, 8)}`,
      keepaliveSeconds: 10,
      ...chosen,
    },
    (error) => log.debug({ err: error }, 'broker connection'),
  );
}

/** The connections of one of our services: to the shadows and to the bus, which are one where one broker has both. */
function connectService(config: Config, name: string, secrets: Secrets, log: Logger) {
  const shadowUrl = config.MQTT_URL as string;
  const bus = busUrl(config) as string;
  const isAws = shadowKeeper(config) === 'aws';
  const toShadows = connect(
    shadowUrl,
    name,
    (address) => ({
      ...readFiles(config),
      ...(isAws && address.username === '' ? {} : accountOf(address, name, secrets)),
      ...(isAws ? awsManners(address) : {}),
    }),
    log,
  );
  if (bus === shadowUrl) return { toShadows, toBus: toShadows };
  return { toShadows, toBus: connect(bus, name, (address) => accountOf(address, name, secrets), log) };
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
  const own = bus?.connection;
  const { toShadows: connection, toBus: busConnection } =
    own === undefined ? connectService(config, name, secrets, log) : { toShadows: own, toBus: own };
  const shadow = shadowClientOver(connection);
  if (bus === undefined) await shadow.start();
  const deps: Deps = {
    db: database.db,
    bus: busOver(busConnection),
    shadow,
    shadowRules: {
      keeper: shadowKeeper(config),
      areThingsRegistered: config.LATCHKEY_REGISTERED_THINGS,
      depth: config.SHADOW_DEPTH,
      requestsPerSecond: config.SHADOW_REQUESTS_PER_SECOND,
    },
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
    busConnection,
    async close() {
      await connection.end();
      if (busConnection !== connection) await busConnection.end();
      await database.end();
    },
  };
}
