import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { TakeConnection } from '@/server/broker/arrival';
import { makeBroker } from '@/server/broker/broker';
import { DeviceProfile } from '@/server/broker/device-profile';
import { openFrontDoor } from '@/server/broker/front-door';
import { type ListenerTls, listen } from '@/server/broker/listeners';
import { makeOwnConnection } from '@/server/broker/own-connection';
import { type Config, ConfigError } from '@/server/config';
import { isOwnBus } from '@/server/config/brokers';
import { makeLog } from '@/server/config/log';
import { ensureClientAuthority } from '@/server/embedded/client-authority';
import { openDeps } from '@/server/services/open-deps';
import type { Running } from './target';

/** Certificate of the TLS listener, and the authorities of things: ours, and those of TLS_CLIENT_CA_FILE. */
async function readTls(config: Config): Promise<ListenerTls | undefined> {
  const { TLS_CERT_FILE: cert, TLS_KEY_FILE: key, TLS_CLIENT_CA_FILE: others, dataDir } = config;
  if (cert === undefined || key === undefined || !existsSync(cert)) return undefined;
  if (others !== undefined && !existsSync(others))
    throw new ConfigError(`TLS_CLIENT_CA_FILE: there is no file ${others}`);
  const ours = await ensureClientAuthority(dataDir);
  return {
    cert: await readFile(cert, 'utf8'),
    key: await readFile(key, 'utf8'),
    clientAuthorities: [ours.cert, ...(others === undefined ? [] : [await readFile(others, 'utf8')])],
  };
}

/**
 * The broker: listener of MODE devices, and shadow broker and bus when no other is given. Its ports are open before
 * anything else of it stands; it needs the database to let things in and to store events, and does not wait for it.
 */
export async function start(
  config: Config,
): Promise<Running & { port: number; tlsPort: number | undefined }> {
  const missing = (['DATABASE_URL', 'SECRETS_KEY'] as const).filter((key) => config[key] === undefined);
  if (missing.length > 0) throw new ConfigError(`These settings are needed by broker: ${missing.join(', ')}`);
  const log = makeLog('broker');
  const tls = await readTls(config);
  let open: (door: TakeConnection) => void = () => {};
  const door = new Promise<TakeConnection>((resolve) => {
    open = resolve;
  });
  const listeners = await listen(
    (...connection) => void door.then((take) => take(...connection)),
    {
      host: config.HOST,
      port: config.MQTT_PORT,
      tlsPort: config.MQTT_TLS_PORT,
      ...(tls === undefined ? {} : { tls }),
    },
    log,
  );
  const own = isOwnBus(config) ? makeOwnConnection() : undefined;
  const { deps, close } = await openDeps(config, 'broker', 8, { connection: own });
  const broker = await makeBroker({
    db: deps.db,
    log,
    secrets: deps.secrets,
    clock: deps.clock,
    willTopic: config.WILL_TOPIC,
  });
  own?.attach(broker.aedes);
  const devices = new DeviceProfile(deps);
  open(
    openFrontDoor({
      device: (...accepted) => devices.accept(...accepted),
      other: (...accepted) => broker.accept(...accepted),
    }),
  );
  await devices.start();
  return {
    port: listeners.port,
    tlsPort: listeners.tlsPort,
    async stop() {
      await devices.stop();
      await close();
      await listeners.close();
      await broker.close();
    },
  };
}
