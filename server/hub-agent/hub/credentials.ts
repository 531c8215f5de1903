import { mkdir } from 'node:fs/promises';
import { type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecured } from 'node:https';
import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from '@/server/config';
import type { HubConfig } from '@/server/config/hub';
import type { Logger } from '@/server/config/log';
import { readWhole, writeWhole } from '../state-file';

/** Who a hub is to the broker, and where that is. */
export interface HubCredentials {
  thing: string;
  password: string;
  mqttUrl: string;
  /** PEM of the authority to trust; null: one that everybody knows. */
  ca: string | null;
}

const keptSchema = z.object({
  thing: z.string(),
  password: z.string(),
  mqttUrl: z.string(),
  ca: z.string().nullable(),
});

/** What POST /hubs/provision answers, as far as a hub needs it. */
const answerSchema = z.object({
  thing: z.string(),
  mqtt: z.object({
    url: z.string().optional(),
    host: z.string(),
    port: z.number(),
    tlsPort: z.number().nullable(),
    password: z.string(),
  }),
  ca: z.string().nullable(),
});

const answerMost = 100_000;
const waitMs = 10_000;
const retryFirstMs = 1_000;
const retryMostMs = 60_000;

export const isLoopback = (hostname: string): boolean =>
  /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/.test(hostname);

/** Secrets go in the clear to this machine alone. Throws ConfigError naming the setting. */
export function requireSecured(address: string, setting: string): void {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'mqtts:' && !isLoopback(hostname))
    throw new ConfigError(
      `${setting} must be secured (https, mqtts) unless it is on this machine: ${hostname}`,
    );
}

/** Where the broker is by an answer of the cloud; TLS whenever it has it. `cloud`: the address that was asked. */
export function brokerOf({ mqtt }: z.output<typeof answerSchema>, cloud: string): string {
  if (mqtt.url !== undefined) return mqtt.url;
  // A cloud that does not know its own name says localhost: it is where we have just found it.
  const { hostname } = new URL(cloud);
  const host = isLoopback(mqtt.host) && !isLoopback(hostname) ? hostname : mqtt.host;
  return mqtt.tlsPort === null ? `mqtt://${host}:${mqtt.port}` : `mqtts://${host}:${mqtt.tlsPort}`;
}

function post(
  address: string,
  body: object,
  ca: string | undefined,
): Promise<{ status: number; body: unknown }> {
  const url = new URL(address);
  const options: RequestOptions & { ca?: string } = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    timeout: waitMs,
    ...(ca === undefined ? {} : { ca }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecured : requestPlain)(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > answerMost) request.destroy(new Error('the answer is too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) });
        } catch {
          resolve({ status: response.statusCode ?? 0, body: null });
        }
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}

/** Asks until the cloud has answered. Throws ConfigError when it says no: asking again would not help. */
async function fetchCredentials(
  {
    cloud,
    serial,
    claimCode,
    ca,
  }: { cloud: string; serial: string; claimCode: string; ca: string | undefined },
  log: Logger,
): Promise<HubCredentials> {
  requireSecured(cloud, 'HUB_URL');
  for (let pauseMs = retryFirstMs; ; pauseMs = Math.min(retryMostMs, pauseMs * 2)) {
    try {
      const answer = await post(new URL('/hubs/provision', cloud).href, { serial, claimCode }, ca);
      if (answer.status === 200) {
        const read = answerSchema.parse(answer.body);
        const { thing, mqtt } = read;
        return { thing, password: mqtt.password, mqttUrl: brokerOf(read, cloud), ca: read.ca ?? ca ?? null };
      }
      if (answer.status === 400 || answer.status === 403) {
        throw new ConfigError(
          'The cloud does not know this serial number and claim code, or has given out their credentials already.',
        );
      }
      log.warn({ status: answer.status }, 'the cloud gave no credentials; it is asked again');
    } catch (error) {
      if (error instanceof ConfigError || error instanceof z.ZodError) throw error;
      log.warn({ error: (error as Error).message }, 'the cloud was not reached; it is asked again');
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/**
 * Credentials as given by the settings, as kept from before, or fetched by serial number and claim code and then kept:
 * the cloud gives them out once. Throws ConfigError when nothing leads to any.
 */
export async function hubCredentials(
  config: HubConfig,
  ca: string | undefined,
  log: Logger,
): Promise<HubCredentials> {
  const { HUB_THING: thing, HUB_PASSWORD: password, HUB_MQTT_URL: mqttUrl } = config;
  const ready = (credentials: HubCredentials): HubCredentials => {
    const used = { ...credentials, mqttUrl: mqttUrl ?? credentials.mqttUrl, ca: ca ?? credentials.ca };
    requireSecured(used.mqttUrl, 'HUB_MQTT_URL');
    return used;
  };
  if (thing !== undefined && password !== undefined && mqttUrl !== undefined)
    return ready({ thing, password, mqttUrl, ca: null });
  await mkdir(config.folder, { recursive: true, mode: 0o700 });
  const file = path.join(config.folder, 'credentials.json');
  const kept = await readWhole(file);
  if (kept !== undefined) return ready(keptSchema.parse(kept));
  const { HUB_URL: cloud, HUB_SERIAL: serial, HUB_CLAIM_CODE: claimCode } = config;
  if (cloud === undefined || serial === undefined || claimCode === undefined) {
    throw new ConfigError(
      'A hub needs HUB_URL, HUB_SERIAL and HUB_CLAIM_CODE, or HUB_THING, HUB_PASSWORD and HUB_MQTT_URL.',
    );
  }
  const fetched = await fetchCredentials({ cloud, serial, claimCode, ca }, log);
  await writeWhole(file, fetched);
  return ready(fetched);
}
