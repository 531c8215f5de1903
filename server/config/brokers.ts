import type { Config } from '.';

type Brokers = Pick<
  Config,
  'MQTT_URL' | 'MQTT_PORT' | 'BUS_URL' | 'SHADOW_SERVICE' | 'LATCHKEY_EMBEDDED_BROKER'
>;

const awsHost = /\.iot\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** Who keeps the shadows: AWS IoT Core, known by its host name or by SHADOW_SERVICE, else we do (device-shadow, modes). */
export function shadowKeeper({ SHADOW_SERVICE, MQTT_URL }: Brokers): 'aws' | 'local' {
  if (SHADOW_SERVICE !== undefined) return SHADOW_SERVICE;
  return MQTT_URL !== undefined && awsHost.test(new URL(MQTT_URL).hostname) ? 'aws' : 'local';
}

/** Address of the bus: BUS_URL, else the broker of the shadows, or our own one where AWS has those (model 4). */
export function busUrl(config: Brokers): string | undefined {
  if (config.BUS_URL !== undefined) return config.BUS_URL;
  return shadowKeeper(config) === 'aws' ? `mqtt://127.0.0.1:${config.MQTT_PORT}` : config.MQTT_URL;
}

/** Whether the bus runs over the embedded broker, and not over one of the operator's. */
export function isOwnBus(config: Brokers): boolean {
  const url = busUrl(config);
  if (url === undefined || (config.LATCHKEY_EMBEDDED_BROKER && config.BUS_URL === undefined)) return true;
  const { hostname, port } = new URL(url);
  return Number(port) === config.MQTT_PORT && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
}
