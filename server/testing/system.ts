import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '../config';
import { ensureCertificates } from '../embedded/certificates';
import { startEmbeddedPostgres } from '../embedded/postgres';
import { start as startBridge } from '../main/targets/bridge';
import { start as startBroker } from '../main/targets/broker';
import { start as startGateway } from '../main/targets/gateway';
import { run as migrate } from '../main/targets/migrate';
import { copyCluster, spareDisk } from './cluster';

export interface Part {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The product without its pages, inside this process: real PostgreSQL, real broker, free ports, empty data. */
export interface System {
  /** `http://127.0.0.1:<port>` */
  url: string;
  mqttUrl: string;
  /** Present when it was asked for: the port of MQTT over TLS, and the file of the authority to trust there. */
  tls: { port: number; caFile: string } | undefined;
  dataDir: string;
  databaseUrl: string;
  ownerUrl: string;
  secretsKey: string;
  postgresPid(): number;
  broker: Part;
  bridge: Part;
  /** A second bridge: it has started when the first is gone and it leads. */
  standby: Part;
  gateway: Part;
  postgres: Part;
  stop(): Promise<void>;
}

/** Something that can be stopped and started again on the port it had. */
function part(config: () => Config, start: (config: Config) => Promise<{ stop(): Promise<void> }>): Part {
  let running: { stop(): Promise<void> } | undefined;
  return {
    async start() {
      running ??= await start(config());
    },
    async stop() {
      const was = running;
      running = undefined;
      await was?.stop();
    },
  };
}

export interface SystemOptions {
  /** Opens the port of MQTT over TLS as well, with a certificate of an authority of its own. */
  hasTls?: boolean;
}

/** Boots the system; `settings` of a test win over those of all tests. */
export async function startSystem(
  settings: Record<string, string> = {},
  { hasTls = false }: SystemOptions = {},
): Promise<System> {
  process.env.LOG_LEVEL ??= 'silent';
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-test-'));
  // The account that runs PostgreSQL gets in, so that the database lies in the folder.
  await chmod(dataDir, 0o711);
  await copyCluster(dataDir);
  await spareDisk(dataDir);
  let database = await startEmbeddedPostgres({ dataDir, endsWithLauncher: true, log: () => {} });
  const ports = { http: 0, mqtt: 0, mqttTls: 0 };
  const certificates = hasTls ? await ensureCertificates({ dataDir, hosts: [] }) : undefined;
  const secretsKey = randomBytes(32).toString('base64');
  const config = (): Config => ({
    ...readConfig({
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(ports.http),
      HTTPS_PORT: '0',
      MQTT_PORT: String(ports.mqtt),
      MQTT_TLS_PORT: String(ports.mqttTls),
      TLS_CERT_FILE: certificates?.certFile,
      TLS_KEY_FILE: certificates?.keyFile,
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      MQTT_URL: `mqtt://127.0.0.1:${ports.mqtt}`,
      SECRETS_KEY: secretsKey,
      LATCHKEY_DEMO: '0',
      // Test files tell apart by address who they are.
      TRUST_PROXY: '1',
      // One organisation key walks the whole permission table at once.
      ORGANISATION_REQUESTS_PER_SECOND: '2000',
      // One thing is asked more in a test than in a day; the limit has tests of its own.
      SHADOW_REQUESTS_PER_SECOND: '1000',
      ...settings,
    }),
  });
  await migrate(config());
  const broker = part(config, async (given) => {
    const running = await startBroker(given);
    ports.mqtt = running.port;
    ports.mqttTls = running.tlsPort ?? 0;
    return running;
  });
  const gateway = part(config, async (given) => {
    const running = await startGateway(given);
    ports.http = running.port;
    return running;
  });
  const bridge = part(config, startBridge);
  const standby = part(config, startBridge);
  await broker.start();
  await Promise.all([bridge.start(), gateway.start()]);
  return {
    url: `http://127.0.0.1:${ports.http}`,
    mqttUrl: `mqtt://127.0.0.1:${ports.mqtt}`,
    tls: certificates && { port: ports.mqttTls, caFile: certificates.caFile },
    dataDir,
    databaseUrl: database.url,
    ownerUrl: database.ownerUrl,
    secretsKey,
    postgresPid: () => database.pid,
    broker,
    bridge,
    standby,
    gateway,
    postgres: {
      async start() {
        database = await startEmbeddedPostgres({
          dataDir,
          port: database.port,
          endsWithLauncher: true,
          log: () => {},
        });
      },
      stop: () => database.stop(),
    },
    async stop() {
      await gateway.stop();
      await bridge.stop();
      await standby.stop();
      await broker.stop();
      await database.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
