import { randomUUID } from 'node:crypto';
import type { LiveTopic } from '../contracts/realtime';
import { busPrefix, deviceTopic, homeTopic, joinedTopic, revokeTopic } from '../domain/topics';
import { type HomeEvent, TextLine, toHomeEvent } from '../event-store/outbox';
import type { MqttConnection } from '../mqtt/client';

/** What ends when a right is taken away. */
export type Revocation =
  | { kind: 'session'; id: string }
  | { kind: 'member'; homeId: number; userId: number }
  | { kind: 'home'; homeId: number }
  /** The key of a device is no good any more. */
  | { kind: 'device'; id: number }
  /** One command channel of a device: a newer one took its place. */
  | { kind: 'connection'; id: string };

/** What a device on whatever listener is told: a command, or a change of its key-value data. `body` is JSON text. */
export interface DeviceMessage {
  deviceId: number;
  channel: 'command' | 'kv';
  body: string;
  /** Connection that caused it and is not told again. */
  except?: string;
}

/** Events between processes. Delivery is a convenience: what must not be lost stands in PostgreSQL first. */
export interface Bus {
  /** Tells listeners of homes; never throws, the relay repeats what did not get through. A line may be heard twice. */
  announce(events: readonly (HomeEvent | undefined)[]): void;
  revoke(what: Revocation): void;
  onHomeEvent(listener: (event: HomeEvent) => void): Promise<() => Promise<void>>;
  /** To every open connection of a device, on every node. */
  tellDevice(message: DeviceMessage): void;
  onDeviceMessage(listener: (message: DeviceMessage) => void): Promise<() => Promise<void>>;
  /** Somebody is in one more home now; open sockets of theirs take it in. */
  tellJoined(userId: number): void;
  onJoined(listener: (userId: number) => void): Promise<() => Promise<void>>;
  onRevocation(listener: (what: Revocation) => void): Promise<() => Promise<void>>;
  /** Called when the bus is back after an absence in which announcements may have been missed. */
  onReconnect(listener: () => void): () => void;
}

/** Lines of several homes go in one message up to about this size; brokers of others take 128 KiB and more. */
const packMostBytes = 64 * 1024;
/** Several lines, of one process. */
const manyTopic = (sender: string): string => `${busPrefix}home/many/${sender}`;
/**
 * Lines that follow faster than this, milliseconds, leave together: a message costs every process on the bus more than
 * dozens of lines in it. After a pause a line leaves at once.
 */
const togetherMs = 10;

const parse = (payload: Buffer | string): unknown => {
  try {
    return JSON.parse(payload.toString()) as unknown;
  } catch {
    return undefined;
  }
};

/** What came as an object of members not yet looked at; what cannot be read is no message. */
const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const read = (payload: Buffer): Record<string, unknown> => members(parse(payload));

function readHomeEvent(value: unknown): HomeEvent | undefined {
  const { homeId, position, topic, ...rest } = members(value);
  const isEvent = Number.isSafeInteger(homeId) && Number.isSafeInteger(position) && typeof topic === 'string';
  if (!isEvent) return undefined;
  const { body = null, payload } = rest;
  if (body !== null && typeof body !== 'string') return undefined;
  return toHomeEvent({ homeId, position, topic, payload, body } as Parameters<typeof toHomeEvent>[0]);
}

function readDeviceMessage(payload: Buffer): DeviceMessage | undefined {
  const { deviceId, channel, body, except } = read(payload);
  if (!Number.isSafeInteger(deviceId) || typeof body !== 'string') return undefined;
  if (channel !== 'command' && channel !== 'kv') return undefined;
  return { deviceId: deviceId as number, channel, body, ...(typeof except === 'string' ? { except } : {}) };
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
    case 'device':
      return Number.isSafeInteger(what.id) ? { kind: 'device', id: what.id as number } : undefined;
    case 'connection':
      return typeof what.id === 'string' ? { kind: 'connection', id: what.id } : undefined;
    default:
      return undefined;
  }
}

/** What stands before the texts of a pack: home, position and topic of each line, the length of its text, and whether the text is its body. */
type PackedLine = [homeId: number, position: number, topic: LiveTopic, length: number, isBody: 0 | 1];

/**
 * Several lines as one message, in order: a message apiece costs every process on the bus more than the line itself.
 * First a row of JSON that tells where what is, then the texts, which a listener reads only for the homes it is
 * interested in.
 */
function packed(events: readonly HomeEvent[]): string[] {
  const packs: string[] = [];
  let head: PackedLine[] = [];
  let texts: string[] = [];
  let size = 0;
  const close = () => packs.push(`${JSON.stringify(head)}\n${texts.join('')}`);
  for (const event of events) {
    const { homeId, position, topic, body } = event;
    const text = body ?? JSON.stringify(event.payload);
    if (head.length > 0 && size + text.length > packMostBytes) {
      close();
      [head, texts, size] = [[], [], 0];
    }
    head.push([homeId, position, topic, text.length, body === undefined ? 0 : 1]);
    texts.push(text);
    size += text.length;
  }
  close();
  return packs;
}

function isPackedLine(value: unknown): value is PackedLine {
  if (!Array.isArray(value)) return false;
  const [homeId, position, topic, length] = value as unknown[];
  return (
    Number.isSafeInteger(homeId) &&
    Number.isSafeInteger(position) &&
    typeof topic === 'string' &&
    Number.isSafeInteger(length)
  );
}

function unpacked(payload: Buffer): HomeEvent[] {
  const message = payload.toString();
  const start = message.indexOf('\n') + 1;
  const head = parse(message.slice(0, start));
  if (!Array.isArray(head)) return [];
  const events: HomeEvent[] = [];
  let at = start;
  for (const line of head) {
    if (!isPackedLine(line)) return events;
    const [homeId, position, topic, length, isBody] = line;
    const text = message.slice(at, at + length);
    at += length;
    const event = new TextLine(homeId, position, topic, text);
    events.push(isBody === 1 ? event : { homeId, position, topic, payload: event.payload });
  }
  return events;
}

/** Who makes many homes at once is told of once: listeners read all memberships anew in any case. */
const joinedEveryMs = 25;

/** The bus over a broker connection of ours. */
export function busOver(connection: MqttConnection): Bus {
  const send = (topic: string, message: unknown) => {
    connection.publish(topic, JSON.stringify(message)).catch(() => {});
  };
  const joined = new Set<number>();
  const sender = randomUUID();
  const leaving: HomeEvent[] = [];
  let isGathering = false;
  const leave = () => {
    const [first] = leaving;
    isGathering = first !== undefined;
    if (first === undefined) return;
    setTimeout(leave, togetherMs);
    if (leaving.length === 1) {
      const { homeId, position, topic, body } = first;
      const told = body === undefined ? { payload: first.payload } : { body };
      send(homeTopic(homeId, topic), { homeId, position, topic, ...told });
    } else for (const pack of packed(leaving)) connection.publish(manyTopic(sender), pack).catch(() => {});
    leaving.length = 0;
  };
  const here = new Set<(event: HomeEvent) => void>();
  const hereRevoked = new Set<(what: Revocation) => void>();
  return {
    announce(events) {
      const there = events.filter((event) => event !== undefined);
      if (there.length === 0) return;
      // Those who listen in this process hear it without the way over the broker.
      if (here.size > 0) {
        setImmediate(() => {
          for (const event of there) for (const listener of here) listener(event);
        });
      }
      leaving.push(...there);
      if (isGathering) return;
      if (here.size === 0) return leave();
      // After those here: what the other processes do with a line takes processors from whoever is told of it here.
      isGathering = true;
      setImmediate(leave);
    },
    revoke(what) {
      // At once here, as lines are: who loses a session must not hear first of the homes that went with it.
      if (hereRevoked.size > 0) {
        setImmediate(() => {
          for (const listener of hereRevoked) listener(what);
        });
      }
      send(revokeTopic(what.kind, 'id' in what ? what.id : what.homeId), what);
    },
    async onHomeEvent(listener) {
      const off = await connection.subscribe(
        `${busPrefix}home/+/+`,
        ({ topic, payload }) => {
          // What left from here was heard here.
          if (topic === manyTopic(sender)) return;
          const isPack = topic.startsWith(manyTopic(''));
          const told = isPack ? unpacked(payload) : [readHomeEvent(parse(payload))];
          for (const event of told) if (event !== undefined) listener(event);
        },
        0,
      );
      here.add(listener);
      return () => {
        here.delete(listener);
        return off();
      };
    },
    tellDevice(message) {
      send(deviceTopic(message.deviceId, message.channel), message);
    },
    onDeviceMessage: (listener) =>
      connection.subscribe(
        `${busPrefix}device/+/+`,
        ({ payload }) => {
          const message = readDeviceMessage(payload);
          if (message !== undefined) listener(message);
        },
        0,
      ),
    tellJoined(userId) {
      if (joined.size === 0) {
        setTimeout(() => {
          for (const one of joined) send(joinedTopic(one), one);
          joined.clear();
        }, joinedEveryMs);
      }
      joined.add(userId);
    },
    onJoined: (listener) =>
      connection.subscribe(
        joinedTopic('+'),
        ({ payload }) => {
          const userId = Number(payload.toString());
          if (Number.isSafeInteger(userId)) listener(userId);
        },
        0,
      ),
    async onRevocation(listener) {
      const off = await connection.subscribe(
        `${busPrefix}revoke/+/+`,
        ({ payload }) => {
          const what = readRevocation(payload);
          if (what !== undefined) listener(what);
        },
        0,
      );
      hereRevoked.add(listener);
      return () => {
        hereRevoked.delete(listener);
        return off();
      };
    },
    onReconnect: (listener) => connection.onConnect(listener),
  };
}
