import { busPrefix, homeTopic, revokeTopic } from '../domain/topics';
import type { HomeEvent } from '../event-store/outbox';
import type { MqttConnection } from '../mqtt/client';

/** What ends when a right is taken away. */
export type Revocation =
  | { kind: 'session'; id: string }
  | { kind: 'member'; homeId: number; userId: number }
  | { kind: 'home'; homeId: number };

/** Events between processes. Delivery is a convenience: what must not be lost stands in PostgreSQL first. */
export interface Bus {
  /** Tells listeners of homes; never throws, the relay repeats what did not get through. */
  announce(events: readonly (HomeEvent | undefined)[]): void;
  revoke(what: Revocation): void;
  onHomeEvent(listener: (event: HomeEvent) => void): Promise<() => Promise<void>>;
  onRevocation(listener: (what: Revocation) => void): Promise<() => Promise<void>>;
  /** Called when the bus is back after an absence in which announcements may have been missed. */
  onReconnect(listener: () => void): () => void;
}

function parse<Value>(payload: Buffer): Value | undefined {
  try {
    return JSON.parse(payload.toString()) as Value;
  } catch {
    return undefined;
  }
}

/** The bus over a broker connection of ours. */
export function busOver(connection: MqttConnection): Bus {
  const send = (topic: string, message: unknown) => {
    connection.publish(topic, JSON.stringify(message)).catch(() => {});
  };
  return {
    announce(events) {
      for (const event of events) if (event !== undefined) send(homeTopic(event.homeId, event.topic), event);
    },
    revoke(what) {
      send(revokeTopic(what.kind, 'id' in what ? what.id : what.homeId), what);
    },
    onHomeEvent: (listener) =>
      connection.subscribe(
        `${busPrefix}home/+/+`,
        ({ payload }) => {
          const event = parse<HomeEvent>(payload);
          if (event !== undefined) listener(event);
        },
        0,
      ),
    onRevocation: (listener) =>
      connection.subscribe(
        `${busPrefix}revoke/+/+`,
        ({ payload }) => {
          const what = parse<Revocation>(payload);
          if (what !== undefined) listener(what);
        },
        0,
      ),
    onReconnect: (listener) => connection.onConnect(listener),
  };
}
