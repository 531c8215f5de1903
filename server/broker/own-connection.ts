import type { Aedes, AedesPublishPacket } from 'aedes';
import { type MqttConnection, NotConnectedError } from '../mqtt/client';

/**
 * The broker's own place on the bus that it carries: what other processes do over a connection, without one. It takes
 * the place of a service's connection once `attach` has named the broker; a subscription waits for that.
 */
export function makeOwnConnection(): MqttConnection & { attach(broker: Aedes): void } {
  let broker: Aedes | undefined;
  let onAttached: (broker: Aedes) => void = () => {};
  const attached = new Promise<Aedes>((resolve) => {
    onAttached = resolve;
  });
  return {
    attach(it) {
      broker = it;
      onAttached(it);
    },
    get isConnected() {
      return broker !== undefined && !broker.closed;
    },
    publish(topic, payload, { qos = 0 } = {}) {
      const carrier = broker;
      if (carrier === undefined || carrier.closed) return Promise.reject(new NotConnectedError());
      const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
      return new Promise((resolve, reject) => {
        carrier.publish(
          { cmd: 'publish', topic, payload: bytes, qos, retain: false, dup: false },
          (error?: Error | null) => (error ? reject(error) : resolve()),
        );
      });
    },
    async subscribe(filters, handler) {
      const carrier = await attached;
      const list = typeof filters === 'string' ? [filters] : filters;
      const take = ({ topic, payload, retain }: AedesPublishPacket, done: () => void) => {
        handler({ topic, payload: Buffer.from(payload), retain });
        done();
      };
      for (const filter of list) await new Promise<void>((done) => carrier.subscribe(filter, take, done));
      return async () => {
        for (const filter of list) await new Promise<void>((done) => carrier.unsubscribe(filter, take, done));
      };
    },
    // It is there as long as the process is, and never comes back.
    onConnect(listener) {
      let isWanted = true;
      void attached.then(() => {
        if (isWanted) listener();
      });
      return () => {
        isWanted = false;
      };
    },
    onDisconnect: () => () => {},
    async ready() {
      await attached;
    },
    async end() {},
  };
}
