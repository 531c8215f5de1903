import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import { nodeFlags } from '@/server/config/node-flags';
import { type DatabaseHandle, openDatabase } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { startEmbeddedPostgres } from '@/server/embedded/postgres';
import { type Secrets, secretsFrom } from '@/server/services/secrets';
import { type Child, startChild } from './children';
import type { BenchHome } from './people';

/** The product, running in processes of its own beside a database of its own. */
export interface System {
  /** Address of the gateway. */
  url: string;
  pids: Readonly<Record<'broker' | 'bridge' | 'gateway' | 'postgres', number>>;
  databaseUrl: string;
  ownerUrl: string;
  database: DatabaseHandle;
  secrets: Secrets;
  secretsKey: string;
  broker: { url: string; username: string; password: string };
  /** Runs instant virtual locks for these homes in one more process; resolves when the cloud has heard of each. */
  startLocks(homes: readonly BenchHome[]): Promise<void>;
  /** Ends everything and removes what it wrote. */
  stop(): Promise<void>;
}

const serviceName = 'bench';
const locksReadyMs = 30_000;

/** Free loopback ports, all different. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = createServer();
      await new Promise<void>((resolve, reject) => {
        probe.once('error', reject);
        probe.listen(0, '127.0.0.1', resolve);
      });
      return probe;
    }),
  );
  return Promise.all(
    probes.map(async (probe) => {
      const address = probe.address();
      await new Promise((resolve) => probe.close(resolve));
      if (address === null || typeof address === 'string') throw new Error('a port without a number');
      return address.port;
    }),
  );
}

/** Boots the built product, without pages and demo, on free ports of loopback and in an empty folder. */
export async function startSystem(program: string, log: (line: string) => void): Promise<System> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
  /** In the order of their starting; ended the other way round. */
  const running: { stop(): Promise<void> }[] = [
    { stop: () => rm(dataDir, { recursive: true, force: true }) },
  ];
  const endAll = async () => {
    for (const part of running.reverse()) await part.stop();
  };
  let ending: Promise<void> | undefined;
  const stop = () => {
    ending ??= endAll();
    return ending;
  };
  try {
    // The account that runs PostgreSQL must get in, so that the database goes with the folder.
    await chmod(dataDir, 0o711);
    log('database');
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => {} });
    running.push(postgres);
    await migrate(postgres.ownerUrl, path.resolve('drizzle/migrations'), new URL(postgres.url).username);
    const [port = 0, httpsPort = 0, mqttPort = 0, mqttTlsPort = 0, pagesPort = 0] = await freePorts(5);
    const secretsKey = randomBytes(32).toString('base64');
    const mqttUrl = `mqtt://127.0.0.1:${mqttPort}`;
    const env = {
      NODE_ENV: 'production',
      LOG_LEVEL: process.env.BENCH_LOG_LEVEL ?? 'warn',
      HOST: '127.0.0.1',
      PORT: String(port),
      HTTPS_PORT: String(httpsPort),
      MQTT_PORT: String(mqttPort),
      MQTT_TLS_PORT: String(mqttTlsPort),
      PAGES_PORT: String(pagesPort),
      PUBLIC_URL: '',
      DATA_DIR: dataDir,
      DATABASE_URL: postgres.url,
      DATABASE_OWNER_URL: postgres.ownerUrl,
      MQTT_URL: mqttUrl,
      BUS_URL: '',
      LATCHKEY_EMBEDDED_BROKER: '1',
      LATCHKEY_DEMO: '0',
      DASHBOARD_PROJECT: '',
      SECRETS_KEY: secretsKey,
      // Plain connections on loopback: no certificate, no encrypted ports.
      TLS_CERT_FILE: '',
      TLS_KEY_FILE: '',
      TLS_CA_FILE: '',
    };
    const startTarget = async (name: string): Promise<Child> => {
      log(name);
      const child = await startChild({ name, program, args: [`--target=${name}`], flags: nodeFlags(), env });
      running.push(child);
      return child;
    };
    const broker = await startTarget('broker');
    const bridge = await startTarget('bridge');
    const gateway = await startTarget('gateway');
    const database = openDatabase({ url: postgres.url, applicationName: 'latchkey-bench', max: 5 });
    running.push({ stop: () => database.end() });

    return {
      url: `http://127.0.0.1:${port}`,
      pids: { broker: broker.pid, bridge: bridge.pid, gateway: gateway.pid, postgres: postgres.pid },
      databaseUrl: postgres.url,
      ownerUrl: postgres.ownerUrl,
      database,
      secrets: secretsFrom(secretsKey),
      secretsKey,
      broker: {
        url: mqttUrl,
        username: `svc:${serviceName}`,
        password: secretsFrom(secretsKey).servicePassword(serviceName),
      },
      async startLocks(homes) {
        const list = homes.map(({ thing, thingPassword }) => ({
          thing,
          password: thingPassword,
          name: thing,
        }));
        const file = { url: mqttUrl, boltMs: 0, autoLockMs: null, keepsState: false, locks: list };
        await writeFile(path.join(dataDir, 'virtual-locks.json'), JSON.stringify(file), { mode: 0o600 });
        await startTarget('virtual-lock');
        const deadline = Date.now() + locksReadyMs;
        while ((await database.db.$count(locks, eq(locks.reachable, true))) < homes.length) {
          if (Date.now() > deadline) throw new Error('the virtual locks were not heard of');
          await delay(50);
        }
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
