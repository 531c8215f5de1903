import os from 'node:os';
import type { Config } from '../config';
import type { Ports } from './ports';

export interface BannerFacts {
  config: Config;
  ports: Ports;
  /** PEM of the self-made authority; undefined when the operator gave a certificate. */
  caFile: string | undefined;
  /** `{url}` in them stands for the system's address. */
  demoLines: readonly string[];
  /** The same for the first administrator, as long as nobody has set the account up. */
  staffLines: readonly string[];
  logFolder: string;
  seconds: number;
}

/** Addresses of this machine that others in its network reach. */
export function lanAddresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => !entry.internal && entry.family === 'IPv4')
    .map((entry) => entry.address);
}

/** What a person needs to know when everything serves. */
export function bannerLines({
  config,
  ports,
  caFile,
  demoLines,
  staffLines,
  logFolder,
  seconds,
}: BannerFacts): string[] {
  const isPrivate = ['127.0.0.1', 'localhost', '::1'].includes(config.HOST);
  const lan = isPrivate ? undefined : lanAddresses()[0];
  const lines = [
    '',
    `Latchkey is ready (${seconds.toFixed(1)} s).`,
    '',
    `  On this machine   http://localhost:${ports.PORT}`,
    `                    https://localhost:${ports.HTTPS_PORT}`,
  ];
  if (config.PUBLIC_URL !== undefined) lines.push(`  From anywhere     ${config.PUBLIC_URL}`);
  if (lan !== undefined) {
    lines.push(
      `  From a phone      https://${lan}:${ports.HTTPS_PORT}   in the same network; camera and passkeys need https`,
      `                    http://${lan}:${ports.PORT}    for a first look`,
    );
  }
  lines.push(`  Devices           mqtt port ${ports.MQTT_PORT}, with TLS ${ports.MQTT_TLS_PORT}`);
  if (caFile !== undefined) {
    lines.push(
      '',
      '  The https certificate is self-made. To trust it, install this file on the phone or computer:',
      `  ${caFile}`,
    );
  }
  const url = config.PUBLIC_URL ?? `http://localhost:${ports.PORT}`;
  for (const some of [demoLines, staffLines]) {
    if (some.length > 0) lines.push('', ...some.map((line) => `  ${line.replaceAll('{url}', url)}`));
  }
  lines.push('', `  Logs are in ${logFolder}. Stop with Ctrl-C.`, '');
  return lines;
}
