import { randomUUID } from 'node:crypto';
import type { Logger } from '@/server/config/log';
import { emptyObject, isJsonObject, type JsonObject, parseJson } from '@/server/domain/json';
import { parseShadowTopic, shadowPrefix } from '@/server/domain/topics';
import { connectMqtt, type MqttConnection, type MqttMessage } from '@/server/mqtt/client';
import type { Reading, ServiceClock } from './service-clock';

/** What a link needs of a connection: its own, or its part of one that others use as well. */
export type ShadowCarrier = Pick<
  MqttConnection,
  'isConnected' | 'publish' | 'subscribe' | 'onConnect' | 'onDisconnect' | 'end'
>;

export interface ShadowLinkSettings {
  thing: string;
  connect: (onError: (error: Error) => void) => ShadowCarrier;
  /** One filter for all answers of the thing, where a connection carries many things; else one for each answer. */
  isSharing?: boolean;
  clock: ServiceClock;
  /** Silence after which a request is sent again, then ever more rarely. */
  answerMs: number;
  log: Logger;
}

export interface ShadowLinkHandlers {
  /**
   * The shadow was read: what it lacks (empty for none), in full, and all that is desired. Called once after every connect.
   */
  onSynced(delta: JsonObject, desired: JsonObject): void;
  /**
   * Desired and reported differ: the whole difference, never an older one after a newer one. `desired`: all of it, when the
   * shadow was read for it.
   */
  onDelta(delta: JsonObject, desired?: JsonObject): void;
  /** A read of the shadow was answered, and with it the service's clock learned anew; after onSynced or onDelta. */
  onTime(): void;
  onConnection(isConnected: boolean): void;
}

/** A device's side of its classic shadow. */
export interface ShadowLink {
  readonly isConnected: boolean;
  /** Connects and keeps connected. */
  open(): void;
  /** Says goodbye to the broker; reports wait for the next `open`. */
  close(): Promise<void>;
  /** Sends now, or after the next connect, until the service has accepted it; in order. `copies`: how often at once. */
  report(reported: JsonObject, copies?: number): void;
  /** Reads the shadow again, for its clock or for all that is desired. */
  refresh(): void;
}

interface Waiting {
  token: string;
  payload: string;
  /** When it left for the first time. */
  sent?: Reading;
}

const mostRetryMs = 60_000;
/** Often enough that the drift of two clocks stays small (see ServiceClock). */
const refreshEveryMs = 30 * 60_000;
const mostWaiting = 100;

/** A connection of a thing that speaks for itself. */
export const ownConnection =
  (settings: { url: string; ca?: string; thing: string; password: string }) =>
  (onError: (error: Error) => void): MqttConnection =>
    connectMqtt(
      {
        url: settings.url,
        ...(settings.ca === undefined ? {} : { ca: settings.ca }),
        clientId: settings.thing,
        username: settings.thing,
        password: settings.password,
        keepaliveSeconds: 10,
      },
      onError,
    );

/** A client of the device-shadow contract that keeps no session at the broker: it connects, then reads. */
export function shadowLink(settings: ShadowLinkSettings, handlers: ShadowLinkHandlers): ShadowLink {
  const { thing, clock, answerMs, log } = settings;
  const prefix = shadowPrefix({ thing, name: '' });
  /** Reports that the service has not accepted yet, oldest first. */
  let waiting: Waiting[] = [];
  const gets = new Map<string, Reading>();
  let connection: ShadowCarrier | undefined;
  let isSynced = false;
  let newestVersion = 0;
  let retryMs = answerMs;
  let retryTimer: NodeJS.Timeout | undefined;
  let refreshTimer: NodeJS.Timeout | undefined;

  function publish(suffix: 'get' | 'update', payload: string): void {
    // QoS 1 messages in flight at a break are sent again by the client; what was never sent waits here.
    connection?.publish(`${prefix}/${suffix}`, payload, { qos: 1 }).catch((error: Error) => {
      log.debug({ thing, error: error.message }, 'a shadow request did not leave');
    });
  }

  function sendReport(report: Waiting): void {
    report.sent ??= clock.read();
    publish('update', report.payload);
  }

  function askShadow(): void {
    if (connection?.isConnected !== true) return;
    const clientToken = randomUUID();
    gets.set(clientToken, clock.read());
    publish('get', JSON.stringify({ clientToken }));
    armRetry();
  }

  /** One timer for everything unanswered: the shadow's get until synced, then the reports in their order. */
  function armRetry(): void {
    if (retryTimer !== undefined) return;
    retryTimer = setTimeout(() => {
      retryTimer = undefined;
      if (connection?.isConnected !== true) return;
      if (isSynced && waiting.length === 0 && gets.size === 0) return;
      retryMs = Math.min(mostRetryMs, retryMs * 2);
      if (isSynced) for (const report of waiting) sendReport(report);
      if (gets.size > 0) {
        gets.clear();
        askShadow();
      }
      armRetry();
    }, retryMs);
  }

  function settleRetry(): void {
    retryMs = answerMs;
    if (waiting.length > 0 || gets.size > 0) return;
    clearTimeout(retryTimer);
    retryTimer = undefined;
  }

  function onConnect(): void {
    isSynced = false;
    newestVersion = 0;
    gets.clear();
    clearTimeout(retryTimer);
    retryTimer = undefined;
    retryMs = answerMs;
    clearInterval(refreshTimer);
    refreshTimer = setInterval(askShadow, refreshEveryMs);
    handlers.onConnection(true);
    askShadow();
  }

  function onGet(answer: 'accepted' | 'rejected', body: JsonObject, sent: Reading, isStale: boolean): void {
    if (answer === 'rejected' && body.code !== 404) {
      log.warn({ thing, rejection: body }, 'the shadow could not be read');
      armRetry();
      return;
    }
    gets.delete(String(body.clientToken));
    if (typeof body.timestamp === 'number') clock.answered(sent, body.timestamp);
    const state = isJsonObject(body.state) ? body.state : undefined;
    const delta = isJsonObject(state?.delta) && !isStale ? state.delta : emptyObject();
    const desired = isJsonObject(state?.desired) && !isStale ? state.desired : emptyObject();
    settleRetry();
    if (!isSynced) {
      isSynced = true;
      for (const report of waiting) sendReport(report);
      handlers.onSynced(delta, desired);
    } else {
      handlers.onDelta(delta, desired);
    }
    handlers.onTime();
  }

  function onUpdate(answer: 'accepted' | 'rejected', body: JsonObject): void {
    const report = waiting.find((one) => one.token === body.clientToken);
    if (report === undefined) return;
    if (answer === 'rejected' && (Number(body.code) >= 500 || body.code === 429 || body.code === 409)) {
      log.warn({ thing, rejection: body }, 'the shadow did not take a report; it is sent again');
      armRetry();
      return;
    }
    waiting = waiting.filter((one) => one !== report);
    settleRetry();
    if (answer === 'rejected') log.error({ thing, rejection: body }, 'the shadow refused a report');
    else if (report.sent !== undefined && typeof body.timestamp === 'number') {
      clock.answered(report.sent, body.timestamp);
    }
  }

  function onMessage({ topic, payload }: MqttMessage): void {
    const parsed = parseShadowTopic(topic);
    const read = parseJson(payload.toString());
    if (parsed === undefined || !read.ok || !isJsonObject(read.value)) return;
    const body = read.value;
    if (typeof body.timestamp === 'number') clock.witnessed(body.timestamp);
    const version = typeof body.version === 'number' ? body.version : undefined;
    const isStale = version !== undefined && version < newestVersion;
    if (version !== undefined && !isStale) newestVersion = version;
    const { request, answer } = parsed;
    if (answer === 'delta') {
      // Not synced: the get that is under way brings the same difference, and the clock to judge it by.
      if (isSynced && !isStale && isJsonObject(body.state)) handlers.onDelta(body.state);
      else if (!isSynced) askShadow();
      return;
    }
    if (answer !== 'accepted' && answer !== 'rejected') return;
    if (request === 'update') {
      onUpdate(answer, body);
      return;
    }
    const sent = typeof body.clientToken === 'string' ? gets.get(body.clientToken) : undefined;
    if (request === 'get' && sent !== undefined) onGet(answer, body, sent, isStale);
  }

  return {
    get isConnected() {
      return connection?.isConnected ?? false;
    },
    open() {
      if (connection !== undefined) return;
      const opened = settings.connect((error) =>
        log.debug({ thing, error: error.message }, 'broker not reached'),
      );
      connection = opened;
      const answers = ['update/delta', 'get/accepted', 'get/rejected', 'update/accepted', 'update/rejected'];
      const all = [`${prefix}/+/+`];
      opened
        .subscribe(
          settings.isSharing === true ? all : answers.map((answer) => `${prefix}/${answer}`),
          (message) => {
            if (connection === opened) onMessage(message);
          },
        )
        .catch((error: Error) => log.warn({ thing, error: error.message }, 'subscription failed'));
      opened.onConnect(() => {
        if (connection === opened) onConnect();
      });
      opened.onDisconnect(() => {
        isSynced = false;
        handlers.onConnection(false);
      });
    },
    async close() {
      const closing = connection;
      connection = undefined;
      isSynced = false;
      clearTimeout(retryTimer);
      retryTimer = undefined;
      clearInterval(refreshTimer);
      await closing?.end();
    },
    report(reported, copies = 1) {
      const token = randomUUID();
      const report: Waiting = {
        token,
        payload: JSON.stringify({ state: { reported }, clientToken: token }),
      };
      waiting.push(report);
      if (waiting.length > mostWaiting) waiting.shift();
      if (!isSynced) return;
      for (let copy = 0; copy < copies; copy += 1) sendReport(report);
      armRetry();
    },
    refresh: askShadow,
  };
}
