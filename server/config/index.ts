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
const count = (fallback: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(1_000_000).default(fallback),
  );
const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

/** Levels of which exactly one is `{thing}`; nothing of `$…` or of our bus. */
const willPattern = /^(?!\$|latchkey\/v1\/)(?:[^{}+#\0]*\/)?\{thing\}(?:\/[^{}+#\0]*)?$/;

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
  /** Who keeps the shadows; told by the host of MQTT_URL when absent. */
  SHADOW_SERVICE: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['aws', 'local']).optional(),
  ),
  /** PEM files for the connection to the shadow broker: our certificate with its key, and whom to trust. */
  MQTT_CERT_FILE: optional,
  MQTT_KEY_FILE: optional,
  MQTT_CA_FILE: optional,
  /** Off: things that nobody registered here have shadows too, for brokers with a register of their own. */
  LATCHKEY_REGISTERED_THINGS: flag(true),
  /** Levels of objects and arrays in a section of a shadow (device-shadow 3). */
  SHADOW_DEPTH: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(64).default(6),
  ),
  /** Shadow requests a second that one thing may send (device-shadow 6). */
  SHADOW_REQUESTS_PER_SECOND: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(100_000).default(20),
  ),
  LATCHKEY_DEMO: flag(true),
  /** Off: a new demo has no hub and no Matter locks. */
  LATCHKEY_DEMO_MATTER: flag(true),
  /** Whole months for which device events are kept. */
  EVENT_RETENTION_MONTHS: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(1_200).default(13),
  ),
  /** Messages a minute that one device may send by HTTP or MQTT. */
  DEVICE_MESSAGES_PER_MINUTE: count(600),
  /** Requests that one person, one project key, and one organisation (its keys and services) may make. */
  USER_REQUESTS_PER_MINUTE: count(1_500),
  KEY_REQUESTS_PER_MINUTE: count(3_000),
  ORGANISATION_REQUESTS_PER_SECOND: count(50),
  DASHBOARD_PROJECT: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().positive().optional(),
  ),
  SECRETS_KEY: optional,
  /** PEM files for HTTPS instead of the self-made certificate. */
  TLS_CERT_FILE: optional,
  TLS_KEY_FILE: optional,
  /** PEM file of further authorities whose certificates things may show; each certificate is made known by `cert add`. */
  TLS_CLIENT_CA_FILE: optional,
  /** Where things leave their last wills, to be taken as updates of their shadows; `latchkey/things/{thing}/will`. */
  WILL_TOPIC: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z
      .string()
      .regex(willPattern, 'must hold {thing} as one whole level, no wildcards, and be no topic of the system')
      .optional(),
  ),
  /** PEM of the authority that signed the certificate; hubs are given it. */
  TLS_CA_FILE: optional,
  /** Set by the supervisor when the broker is ours. */
  LATCHKEY_EMBEDDED_BROKER: flag(false),
  /** `smtp://user:password@host:port`, or `smtps://`; without it mails are kept. */
  SMTP_URL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.url({ protocol: /^smtps?$/ }).optional(),
  ),
  /** Sender of mails; the host of PUBLIC_URL when absent. */
  MAIL_FROM: optional,
  /** The three belong together; without them SMS texts are kept. */
  TWILIO_ACCOUNT_SID: optional,
  TWILIO_AUTH_TOKEN: optional,
  TWILIO_FROM: optional,
  TWILIO_API_URL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.url().default('https://api.twilio.com'),
  ),
  /** Address that the public ports listen on; `127.0.0.1` keeps them to this machine. */
  HOST: z.string().default('0.0.0.0'),
});

const twilio = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const;

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
  const missing = twilio.filter((name) => parsed.data[name] === undefined);
  if (missing.length > 0 && missing.length < twilio.length)
    throw new ConfigError(`These settings belong to the SMS service and are missing: ${missing.join(', ')}`);
  if ((parsed.data.MQTT_CERT_FILE === undefined) !== (parsed.data.MQTT_KEY_FILE === undefined))
    throw new ConfigError('MQTT_CERT_FILE and MQTT_KEY_FILE belong together; only one of them is set.');
  return { ...parsed.data, dataDir: path.resolve(parsed.data.DATA_DIR) };
}
