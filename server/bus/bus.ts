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

/** What came as an object of members not yet looked at; what cannot be read is no message. */
function read(payload: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(payload.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function readHomeEvent(payload: Buffer): HomeEvent | undefined {
  const { homeId, position, topic, ...rest } = read(payload);
  const isEvent = Number.isSafeInteger(homeId) && Number.isSafeInteger(position) && typeof topic === 'string';
  return isEvent ? ({ homeId, position, topic, payload: rest.payload } as HomeEvent) : undefined;
}

function readRevocation(payload: Buffer): Revocation | undefined {
  const what = read(payload);
  switch (what.kind) {
    case 'session':
      return typeof what.id === 'string' ? { kind: 'session', id: what.id } : undefined;
    case 'member':
      return Number.isSafeInteger(what.homeId) && Number.isSafeInteger(what.userId)
        ? { kind: 'member', homeId: what.homeId as number, userId: what.userId as number }
        : undefined;
    case 'home':
      return Number.isSafeInteger(what.homeId) ? { kind: 'home', homeId: what.homeId as number } : undefined;
    default:
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
          const event = readHomeEvent(payload);
          if (event !== undefined) listener(event);
        },
        0,
      ),
    onRevocation: (listener) =>
      connection.subscribe(
        `${busPrefix}revoke/+/+`,
        ({ payload }) => {
          const what = readRevocation(payload);
          if (what !== undefined) listener(what);
        },
        0,
      ),
    onReconnect: (listener) => connection.onConnect(listener),
  };
}
