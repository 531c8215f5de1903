import path from 'node:path';
import { z } from 'zod';

const port = (fallback: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? fallback : value),
    z.coerce.number().int().min(0).max(65_535),
  );
const flag = (fallback: boolean) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? String(fallback) : value),
    z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true'),
  );
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

const schema = z.object({
  PORT: port(3000),
  HTTPS_PORT: port(3443),
  /** Where `next start` listens on loopback; 0: chosen by the supervisor. */
  PAGES_PORT: port(0),
  PUBLIC_URL: z.preprocess((value) => (value === '' ? undefined : value), z.url().optional()),
  TRUST_PROXY: flag(false),
  MQTT_PORT: port(1883),
  MQTT_TLS_PORT: port(8883),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: optional,
  DATABASE_OWNER_URL: optional,
  MQTT_URL: optional,
  BUS_URL: optional,
  LATCHKEY_DEMO: flag(true),
  DASHBOARD_PROJECT: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().positive().optional(),
  ),
  SECRETS_KEY: optional,
  /** PEM files for HTTPS instead of the self-made certificate. */
  TLS_CERT_FILE: optional,
  TLS_KEY_FILE: optional,
  /** Set by the supervisor when the broker is ours. */
  LATCHKEY_EMBEDDED_BROKER: flag(false),
  SMTP_URL: optional,
  /** Address that the public ports listen on; `127.0.0.1` keeps them to this machine. */
  HOST: z.string().default('0.0.0.0'),
});

/** Settings of a process, read once. */
export interface Config extends z.output<typeof schema> {
  /** Absolute form of DATA_DIR. */
  dataDir: string;
}

/** Thrown with every bad name at once. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the environment. Throws ConfigError naming every variable that cannot be used. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`);
  }
  return { ...parsed.data, dataDir: path.resolve(parsed.data.DATA_DIR) };
}
