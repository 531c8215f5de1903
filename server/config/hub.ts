import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '.';

const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const port = (fallback: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(0).max(65_535).default(fallback),
  );

/** `127.0.0.1:5541` or `[::1]:5541`, and after a slash the 12 bits of the discriminator if they are known. */
const address = /^(?:\[([0-9a-fA-F:]+)\]|([0-9.]+)):(\d{1,5})(?:\/(\d{1,4}))?$/;
const addresses = z
  .string()
  .default('')
  .transform((text, context) => {
    const parts = text.split(',').map((part) => part.trim());
    return parts
      .filter((part) => part !== '')
      .map((part) => {
        const [, ipv6, ipv4, portText, discriminator] = address.exec(part) ?? [];
        const ip = ipv6 ?? ipv4;
        if (ip === undefined || Number(portText) > 65_535 || Number(discriminator ?? 0) > 4_095) {
          context.addIssue({ code: 'custom', message: `'${part}' is no address like 127.0.0.1:5541` });
          return { ip: '', port: 0 };
        }
        const known = { ip, port: Number(portText) };
        return discriminator === undefined ? known : { ...known, discriminator: Number(discriminator) };
      });
  });

const hubSchema = z.object({
  /** Our cloud, for fetching credentials: `https://…`. */
  HUB_URL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.url({ protocol: /^https?$/ }).optional(),
  ),
  HUB_SERIAL: optional,
  HUB_CLAIM_CODE: optional,
  /** Credentials that are known already: the thing of the hub, and its password. */
  HUB_THING: optional,
  HUB_PASSWORD: optional,
  /** The broker, when it is not the one that comes with the credentials. */
  HUB_MQTT_URL: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.url({ protocol: /^mqtts?$/ }).optional(),
  ),
  /** PEM file of the authority to trust, for cloud and broker; the system's when absent. */
  HUB_CA_FILE: optional,
  HUB_DATA_DIR: optional,
  HUB_ATTESTATION: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.enum(['strict', 'warn', 'test']).default('warn'),
  ),
  /** Where locks may be, separated by commas, for networks without mDNS; absent: they are searched for. */
  HUB_KNOWN_ADDRESSES: addresses,
  /** UDP port of Matter; 0: any free one. */
  HUB_MATTER_PORT: port(0),
});

const lockSchema = z.object({
  MATTER_LOCK_DATA_DIR: optional,
  MATTER_LOCK_NAME: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.string().max(32).default('Virtual lock'),
  ),
  /** UDP port of Matter; hubs come back to it. */
  MATTER_LOCK_PORT: port(5541),
  /** Loopback port of the control interface; 0: any free one. */
  MATTER_LOCK_CONTROL_PORT: port(0),
  /** It locks by itself after this long with the door closed; absent: never. */
  MATTER_LOCK_AUTO_LOCK_MS: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(3_600_000).optional(),
  ),
});

function read<Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv): z.output<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`These settings cannot be used:\n${lines.join('\n')}`);
}

/** Settings of a hub, which has no database and no other settings of ours. */
export interface HubConfig extends z.output<typeof hubSchema> {
  /** Absolute folder of its memory. */
  folder: string;
}

/** Reads the environment of a hub. Throws ConfigError naming every variable that cannot be used. */
export function readHubConfig(environment: NodeJS.ProcessEnv, dataDir: string): HubConfig {
  const config = read(hubSchema, environment);
  if ((config.HUB_THING === undefined) !== (config.HUB_PASSWORD === undefined))
    throw new ConfigError('HUB_THING and HUB_PASSWORD belong together; only one of them is set.');
  if (config.HUB_THING !== undefined && config.HUB_MQTT_URL === undefined)
    throw new ConfigError('HUB_THING needs HUB_MQTT_URL, the address of its broker.');
  return { ...config, folder: path.resolve(config.HUB_DATA_DIR ?? path.join(dataDir, 'hub')) };
}

export interface MatterLockConfig extends z.output<typeof lockSchema> {
  folder: string;
}

/** Reads the environment of a virtual Matter lock. Throws ConfigError. */
export function readMatterLockConfig(environment: NodeJS.ProcessEnv, dataDir: string): MatterLockConfig {
  const config = read(lockSchema, environment);
  return {
    ...config,
    folder: path.resolve(config.MATTER_LOCK_DATA_DIR ?? path.join(dataDir, 'matter-lock')),
  };
}
