import { readFile } from 'node:fs/promises';
import type { Config } from '../config';

/** Where a hub finds the shadow broker. */
export interface MqttAccess {
  /** The operator's own broker, when it is not ours. */
  url?: string;
  host: string;
  port: number;
  /** Null: no TLS. */
  tlsPort: number | null;
  /** PEM of the authority that signed the broker's certificate; null: one that everybody knows. */
  ca: string | null;
}

/** Reads it from the settings, and the authority from its file each time, since it may be renewed. */
export function mqttAccessOf(config: Config): () => Promise<MqttAccess> {
  return async () => {
    const ca =
      config.TLS_CA_FILE === undefined ? null : await readFile(config.TLS_CA_FILE, 'utf8').catch(() => null);
    const isOurs = config.LATCHKEY_EMBEDDED_BROKER || config.MQTT_URL === undefined;
    const own = isOurs ? undefined : new URL(config.MQTT_URL as string);
    const publicHost = config.PUBLIC_URL === undefined ? 'localhost' : new URL(config.PUBLIC_URL).hostname;
    if (own === undefined) {
      const tlsPort =
        config.MQTT_TLS_PORT === 0 || config.TLS_CERT_FILE === undefined ? null : config.MQTT_TLS_PORT;
      return { host: publicHost, port: config.MQTT_PORT, tlsPort, ca };
    }
    const isTls = own.protocol === 'mqtts:' || own.protocol === 'wss:';
    const port = Number(own.port) || (isTls ? 8883 : 1883);
    return {
      url: `${own.protocol}//${own.host}${own.pathname}`,
      host: own.hostname,
      port,
      tlsPort: isTls ? port : null,
      ca,
    };
  };
}
