import type { Socket } from 'node:net';
import mqtt from 'mqtt';
import { topicMatches } from '../domain/topics';

export interface MqttSettings {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://` address. */
  url: string;
  clientId: string;
  username?: string;
  password?: string;
  /** PEM of the authorities to trust; the system's when absent. */
  ca?: string | string[];
  certificate?: { cert: string; key: string };
  /** False keeps the broker's session, so that messages wait while we are away. */
  clean?: boolean;
  keepaliveSeconds?: number;
  /** First and longest pause before a reconnect, milliseconds; it doubles in between, with jitter. */
  reconnectMs?: readonly [first: number, most: number];
  /** Names offered in the TLS handshake, where the port serves several protocols. */
  alpn?: readonly string[];
  will?: { topic: string; payload: string; qos: 0 | 1 };
}

export interface MqttMessage {
  topic: string;
  payload: Buffer;
  retain: boolean;
}

export type MqttHandler = (message: MqttMessage) => void;

/** One connection that reconnects by itself; the only face of the mqtt package in this house. */
export interface MqttConnection {
  readonly isConnected: boolean;
  /** Rejects when not connected: nothing is queued here, a message that cannot go now must not go later. */
  publish(
    topic: string,
    payload: string | Buffer,
    options?: { qos?: 0 | 1; retain?: boolean },
  ): Promise<void>;
  /** Subscribes now and after every reconnect. The returned function takes the handler off again. */
  subscribe(
    filters: string | readonly string[],
    handler: MqttHandler,
    qos?: 0 | 1,
  ): Promise<() => Promise<void>>;
  /** Called at once when connected already, then after every connect, when the subscriptions stand. */
  onConnect(listener: () => void): () => void;
  onDisconnect(listener: () => void): () => void;
  /** Resolves at the first connect, or right away. */
  ready(): Promise<void>;
  end(): Promise<void>;
}

/** A connection that carries many things, some of which may be refused. */
export interface SharedConnection extends MqttConnection {
  /** As `subscribe` for the present connection alone: rejects when there is none, and is over when it breaks. */
  subscribeWhileConnected(filters: readonly string[], handler: MqttHandler): Promise<() => Promise<void>>;
}

/** Raised by `publish` while the broker is away: the message provably never left. */
export class NotConnectedError extends Error {
  override name = 'NotConnectedError';
  constructor() {
    super('the broker is not connected');
  }
}

/** The broker said no to a filter, and would say so again. */
export class RefusedFilterError extends Error {
  override name = 'RefusedFilterError';
}

interface Subscription {
  filters: readonly string[];
  handler: MqttHandler;
  qos: 0 | 1;
  /** Not made again after a reconnect. */
  isPassing?: true;
}

const ownReconnectMs = [200, 5_000] as const;
/** AWS takes no more filters in one SUBSCRIBE (device-shadow 6). */
const filtersMost = 8;

/** Opens a connection in the background; failures are retried for ever with back-off. */
export function connectMqtt(
  settings: MqttSettings,
  onError: (error: Error) => void = () => {},
): SharedConnection {
  const [reconnectFirstMs, reconnectMostMs] = settings.reconnectMs ?? ownReconnectMs;
  let backoffMs = reconnectFirstMs;
  const client = mqtt.connect(settings.url, {
    clientId: settings.clientId,
    username: settings.username,
    password: settings.password,
    clean: settings.clean ?? true,
    keepalive: settings.keepaliveSeconds ?? 30,
    reconnectPeriod: reconnectFirstMs,
    connectTimeout: 10_000,
    resubscribe: false,
    subscribeBatchSize: filtersMost,
    queueQoSZero: false,
    protocolVersion: 4,
    ca: settings.ca as string | undefined,
    cert: settings.certificate?.cert,
    key: settings.certificate?.key,
    ...(settings.alpn === undefined ? {} : { ALPNProtocols: [...settings.alpn] }),
    will: settings.will
      ? {
          topic: settings.will.topic,
          payload: Buffer.from(settings.will.payload),
          qos: settings.will.qos,
          retain: false,
        }
      : undefined,
  });
  const subscriptions = new Set<Subscription>();
  /** Taken off, and still sent to until the broker has said so: what comes meanwhile is sent to nobody else. */
  const leaving = new Set<Subscription>();
  const connectListeners = new Set<() => void>();
  const disconnectListeners = new Set<() => void>();
  let isReady = false;
  let hasEnded = false;

  async function subscribeNow(list: readonly Subscription[]): Promise<void> {
    const wanted: Record<string, { qos: 0 | 1 }> = {};
    for (const { filters, qos } of list) for (const filter of filters) wanted[filter] = { qos };
    if (Object.keys(wanted).length === 0) return;
    try {
      await client.subscribeAsync(wanted);
    } catch (error) {
      // mqtt.js raises a SUBACK that refuses; everything else is a connection that broke.
      const { packet } = error as { packet?: { granted?: unknown } };
      if (!Array.isArray(packet?.granted)) throw error;
      throw new RefusedFilterError(`the broker refused one of ${Object.keys(wanted).join(', ')}`);
    }
  }

  client.on('connect', () => {
    backoffMs = reconnectFirstMs;
    client.options.reconnectPeriod = backoffMs;
    // Nagle's algorithm would hold small packets back for tens of milliseconds.
    const stream = client.stream as unknown as Partial<Socket>;
    stream.setNoDelay?.(true);
    subscribeNow([...subscriptions]).then(
      () => {
        if (!client.connected) return;
        isReady = true;
        for (const listener of [...connectListeners]) listener();
      },
      (error: Error) => {
        onError(error);
        if (!hasEnded) client.stream.destroy();
      },
    );
  });
  client.on('close', () => {
    const wasReady = isReady;
    isReady = false;
    for (const subscription of subscriptions) {
      if (subscription.isPassing) subscriptions.delete(subscription);
    }
    backoffMs = Math.min(reconnectMostMs, backoffMs * 2) * (0.8 + Math.random() * 0.4);
    client.options.reconnectPeriod = backoffMs;
    if (wasReady) for (const listener of [...disconnectListeners]) listener();
  });
  client.on('error', onError);
  client.on('message', (topic, payload, packet) => {
    for (const { filters, handler } of [...subscriptions, ...leaving]) {
      if (filters.some((filter) => topicMatches(filter, topic)))
        handler({ topic, payload, retain: packet.retain });
    }
  });

  async function takeOff(subscription: Subscription): Promise<void> {
    subscriptions.delete(subscription);
    const kept = new Set([...subscriptions].flatMap((other) => other.filters));
    const gone = subscription.filters.filter((filter) => !kept.has(filter));
    if (gone.length === 0 || !client.connected) return;
    leaving.add(subscription);
    await client.unsubscribeAsync([...gone]).finally(() => leaving.delete(subscription));
  }

  const connection: SharedConnection = {
    get isConnected() {
      return isReady && client.connected;
    },
    async publish(topic, payload, options = {}) {
      if (!client.connected) throw new NotConnectedError();
      await client.publishAsync(topic, payload, { qos: options.qos ?? 0, retain: options.retain ?? false });
    },
    async subscribe(filters, handler, qos = 1) {
      const subscription = { filters: typeof filters === 'string' ? [filters] : filters, handler, qos };
      subscriptions.add(subscription);
      try {
        if (client.connected) await subscribeNow([subscription]);
      } catch (error) {
        // What is refused now would break every later reconnect.
        if (error instanceof RefusedFilterError) subscriptions.delete(subscription);
        throw error;
      }
      return () => takeOff(subscription);
    },
    async subscribeWhileConnected(filters, handler) {
      if (!connection.isConnected) throw new NotConnectedError();
      const subscription: Subscription = { filters, handler, qos: 1, isPassing: true };
      subscriptions.add(subscription);
      try {
        await subscribeNow([subscription]);
      } catch (error) {
        subscriptions.delete(subscription);
        throw error;
      }
      return async () => {
        if (subscriptions.has(subscription)) await takeOff(subscription);
      };
    },
    onConnect(listener) {
      connectListeners.add(listener);
      if (connection.isConnected) listener();
      return () => connectListeners.delete(listener);
    },
    onDisconnect(listener) {
      disconnectListeners.add(listener);
      return () => disconnectListeners.delete(listener);
    },
    ready() {
      if (connection.isConnected) return Promise.resolve();
      return new Promise((resolve) => {
        const off = connection.onConnect(() => {
          queueMicrotask(() => off());
          resolve();
        });
      });
    },
    async end() {
      hasEnded = true;
      await client.endAsync(!client.connected);
    },
  };
  return connection;
}
