import { randomUUID } from 'node:crypto';
import mqtt, { type IClientOptions } from 'mqtt';
import type { Factory } from './factories';

export interface WireMessage {
  topic: string;
  // biome-ignore lint/suspicious/noExplicitAny: the point of the tests is what the wire holds
  body: any;
  retain: boolean;
}

/** An MQTT client of a test: one connection, no reconnects, everything that comes is kept until it is asked for. */
export interface Wire {
  /** Codes of the SUBACK: 0, 1, or 128 for refused. */
  subscribe(...filters: string[]): Promise<number[]>;
  unsubscribe(filter: string): Promise<void>;
  /** Objects go as JSON. Resolves when the broker has acknowledged. */
  publish(topic: string, payload: unknown, options?: { retain?: boolean; qos?: 0 | 1 }): Promise<void>;
  /** Sends without waiting for an acknowledgement: for what will be answered by a hang-up. */
  shout(topic: string, payload: unknown): void;
  /** The next message that fits, taken out of what has come. */
  next(fits?: (message: WireMessage) => boolean): Promise<WireMessage>;
  /** What has come and was not asked for. */
  readonly pending: readonly WireMessage[];
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;
  /** Breaks the connection without a goodbye. */
  cut(): void;
  end(): Promise<void>;
  /** Ends it with a DISCONNECT, so that no will is published. */
  goodbye(): Promise<void>;
}

const patienceMs = 30_000;
const encode = (payload: unknown): string | Buffer =>
  typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);

function decode(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return payload.toString();
  }
}

/** Connects; rejects with the `code` of a CONNACK that says no. */
export async function connectWire(url: string, options: IClientOptions): Promise<Wire> {
  const client = mqtt.connect(url, {
    reconnectPeriod: 0,
    resubscribe: false,
    protocolVersion: 4,
    ...options,
  });
  const pending: WireMessage[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  const granted: ((codes: number[]) => void)[] = [];
  client.on('packetreceive', (packet) => {
    if (packet.cmd === 'suback') granted.shift()?.(packet.granted as number[]);
  });
  client.on('message', (topic, payload, { retain }) => {
    pending.push({ topic, body: decode(payload), retain });
    for (const look of [...waiting]) look();
  });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    void closed.then(() => reject(new Error('closed before it was connected')));
  });
  client.on('error', () => {});

  return {
    pending,
    closed,
    subscribe: (...filters) =>
      new Promise((resolve) => {
        granted.push(resolve);
        client.subscribe(filters, { qos: 1 }, () => {});
      }),
    unsubscribe: async (filter) => {
      await client.unsubscribeAsync(filter);
    },
    publish: async (topic, payload, { retain = false, qos = 1 } = {}) => {
      await client.publishAsync(topic, encode(payload), { qos, retain });
    },
    shout: (topic, payload) => {
      client.publish(topic, encode(payload), { qos: 1 }, () => {});
    },
    next: (fits = () => true) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(
            new Error(
              `nothing that fits has come; ${pending.length} other messages: ${pending.map(({ topic }) => topic)}`,
            ),
          );
        }, patienceMs);
        const look = () => {
          const at = pending.findIndex(fits);
          if (at === -1) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(pending.splice(at, 1)[0] as WireMessage);
        };
        waiting.add(look);
        look();
      }),
    cut: () => {
      client.stream.destroy();
    },
    end: async () => {
      await client.endAsync(true);
    },
    goodbye: async () => {
      await client.endAsync(false);
    },
  };
}

/** One of our own services on the broker: sees and says everything. */
export const connectService = (
  url: string,
  factory: Factory,
  name = `test-${randomUUID().slice(0, 8)}`,
): Promise<Wire> =>
  connectWire(url, {
    clientId: `svc:${name}`,
    username: `svc:${name}`,
    password: factory.deps.secrets.servicePassword(name),
  });

/** A thing on the broker, by the credentials that it was made with. */
export const connectThing = (
  url: string,
  thing: { mqtt: { username: string; password: string } },
  options: IClientOptions = {},
): Promise<Wire> =>
  connectWire(url, {
    clientId: thing.mqtt.username,
    username: thing.mqtt.username,
    password: thing.mqtt.password,
    ...options,
  });
