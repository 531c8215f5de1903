import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { LiveMessage, SubscribeAnswer } from '../contracts/realtime';

const topics = [
  ...(['event', 'door', 'opening', 'presence', 'kv', 'member', 'home'] as const),
  ...(['access', 'hub', 'commissioning'] as const),
] as const;
const patienceMs = 30_000;

/** A listener of a test: everything that comes is kept in order until it is asked for. */
export interface Live {
  socket: Socket;
  subscribe(homeId: unknown, after?: unknown): Promise<SubscribeAnswer>;
  /** The next so many messages, in the order in which they came. */
  take(count: number): Promise<LiveMessage[]>;
  /** What has come and was not taken. */
  readonly pending: readonly LiveMessage[];
  /** The next `revoked`. */
  revoked(): Promise<{ homeId?: number }>;
  readonly closed: Promise<void>;
  close(): void;
}

const inTime = <Value>(what: string, promise: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} has not come`)), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** Connects to the live events; rejects with the server's own word. */
export async function connectLive(
  url: string,
  token: string | undefined,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<Live> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(token === undefined ? {} : { auth: { token } }),
    ...options,
  });
  const pending: LiveMessage[] = [];
  const revocations: { homeId?: number }[] = [];
  const waiting = new Set<() => void>();
  const woken = () => {
    for (const look of [...waiting]) look();
  };
  for (const topic of topics) {
    socket.on(topic, (message: LiveMessage) => {
      pending.push(message);
      woken();
    });
  }
  socket.on('revoked', (what: { homeId?: number }) => {
    revocations.push(what);
    woken();
  });
  const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
  const until = <Value>(what: string, read: () => Value | undefined): Promise<Value> => {
    let look = () => {};
    const found = new Promise<Value>((resolve) => {
      look = () => {
        const value = read();
        if (value === undefined) return;
        // At once: what comes in the same breath is for whoever asks next.
        waiting.delete(look);
        resolve(value);
      };
      waiting.add(look);
      look();
    });
    return inTime(what, found).finally(() => waiting.delete(look));
  };
  await inTime(
    'the connection',
    new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    }),
  );
  return {
    socket,
    pending,
    closed,
    subscribe: (homeId, after) =>
      inTime(
        'the answer to a subscribe',
        socket.emitWithAck('subscribe', { homeId, ...(after === undefined ? {} : { after }) }),
      ),
    take: (count) =>
      until(`message ${count}`, () => (pending.length >= count ? pending.splice(0, count) : undefined)),
    revoked: () => until('a revocation', () => revocations.shift()),
    close: () => {
      socket.close();
    },
  };
}
