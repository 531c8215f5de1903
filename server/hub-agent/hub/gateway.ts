import {
  type MqttHandler,
  NotConnectedError,
  RefusedFilterError,
  type SharedConnection,
} from '@/server/mqtt/client';
import type { ShadowCarrier } from '../shadow-link';

const retryFirstMs = 500;
const retryMostMs = 60_000;

export interface Spokesman extends ShadowCarrier {
  /** The broker says that this thing is not ours, or not yet. */
  readonly isRefused: boolean;
}

/**
 * One thing's part of the hub's connection. The hub may lose the right to speak for it at any moment: that must end this
 * part alone, so its subscription is made anew for each connection and asked for again while it is refused.
 */
export function speakFor(connection: SharedConnection): Spokesman {
  const connectListeners = new Set<() => void>();
  const disconnectListeners = new Set<() => void>();
  let wanted: { filters: readonly string[]; handler: MqttHandler } | undefined;
  let takeOff: (() => Promise<void>) | undefined;
  let isRefused = false;
  let hasEnded = false;
  let retryMs = retryFirstMs;
  let retryTimer: NodeJS.Timeout | undefined;

  function goDown(): void {
    clearTimeout(retryTimer);
    const wasUp = takeOff !== undefined;
    takeOff = undefined;
    if (wasUp) for (const listener of [...disconnectListeners]) listener();
  }

  async function begin(): Promise<void> {
    clearTimeout(retryTimer);
    if (wanted === undefined || hasEnded || takeOff !== undefined || !connection.isConnected) return;
    try {
      const off = await connection.subscribeWhileConnected(wanted.filters, wanted.handler);
      if (hasEnded) return await off();
      takeOff = off;
      isRefused = false;
      retryMs = retryFirstMs;
      for (const listener of [...connectListeners]) listener();
    } catch (error) {
      // Any other failure is a connection that broke, and its successor begins again.
      if (!(error instanceof RefusedFilterError) || hasEnded) return;
      isRefused = true;
      retryTimer = setTimeout(() => void begin(), retryMs);
      retryMs = Math.min(retryMostMs, retryMs * 2);
    }
  }

  const offConnect = connection.onConnect(() => void begin());
  const offDisconnect = connection.onDisconnect(goDown);

  const carrier: Spokesman = {
    get isConnected() {
      return takeOff !== undefined && connection.isConnected;
    },
    get isRefused() {
      return isRefused;
    },
    async publish(topic, payload) {
      if (!carrier.isConnected) throw new NotConnectedError();
      // Never at QoS 1: a publish that the broker refuses ends the connection, and the client would send it again at each
      // next one, for ever. What was not answered is sent again by the link, if the thing is still ours.
      await connection.publish(topic, payload, { qos: 0 });
    },
    async subscribe(filters, handler) {
      wanted = { filters: typeof filters === 'string' ? [filters] : filters, handler };
      await begin();
      return async () => {};
    },
    onConnect(listener) {
      connectListeners.add(listener);
      if (carrier.isConnected) listener();
      return () => connectListeners.delete(listener);
    },
    onDisconnect(listener) {
      disconnectListeners.add(listener);
      return () => disconnectListeners.delete(listener);
    },
    async end() {
      hasEnded = true;
      clearTimeout(retryTimer);
      offConnect();
      offDisconnect();
      const off = takeOff;
      takeOff = undefined;
      await off?.().catch(() => {});
    },
  };
  return carrier;
}
