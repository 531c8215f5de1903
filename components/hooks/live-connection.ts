import type { Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  LiveMessage,
  ServerToClientEvents,
  SubscribeAnswer,
} from '@/server/contracts/realtime';

export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
/** `idle`: nobody watches. `lost`: what is shown may be old. */
export type LiveStatus = 'idle' | 'connecting' | 'live' | 'lost';

export interface HomeListener {
  /** In order, each position once. */
  onMessage(message: LiveMessage): void;
  /** Too much was missed, or too little is known: load the home anew. */
  onResync(): void;
  /** The right to this home, or the whole session, was taken away. */
  onRevoked(): void;
}

interface WatchedHome {
  cursor: string | undefined;
  position: number;
  isSubscribed: boolean;
  /** Something was missed: the home is loaded anew as soon as the subscription stands. */
  mustReload: boolean;
  listeners: Set<HomeListener>;
}

/** Watches homes and says whether it is up to date, whether its script is there yet or not. */
export interface Live {
  readonly status: LiveStatus;
  /** Calls back at each change of `status`; returns the way to stop. */
  onStatus(listener: () => void): () => void;
  /** Listens to a home from `cursor` on; returns the way to stop. */
  watch(homeId: number, cursor: string | undefined, listener: HomeListener): () => void;
}

const answerWithinMs = 5_000;
const again = 2_000;
const topics = [
  'door',
  'opening',
  'event',
  'presence',
  'kv',
  'member',
  'home',
  'access',
  'hub',
  'commissioning',
  'view',
] as const satisfies readonly LiveMessage['topic'][];

/**
 * One live connection of a page. It is made when the first home is watched and resumes each home from the last
 * position seen, so that nothing is missed and nothing is told twice (model 5).
 */
export class LiveConnection implements Live {
  private readonly homes = new Map<number, WatchedHome>();
  private readonly statusListeners = new Set<() => void>();
  private socket: LiveSocket | undefined;
  private current: LiveStatus = 'idle';

  /** @param open makes the socket; called once, when it is first needed. */
  constructor(private readonly open: () => LiveSocket) {}

  get status(): LiveStatus {
    return this.current;
  }

  onStatus(listener: () => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  /**
   * Listens to a home from `cursor` on; returns the way to stop. A home that is listened to already stands where the
   * others have heard it to: who comes from another place is told to load anew.
   */
  watch(homeId: number, cursor: string | undefined, listener: HomeListener): () => void {
    const known = this.homes.get(homeId);
    if (known === undefined) {
      const home = {
        cursor,
        position: 0,
        isSubscribed: false,
        mustReload: false,
        listeners: new Set([listener]),
      };
      this.homes.set(homeId, home);
      if (this.socket?.connected === true) this.subscribe(homeId, home);
    } else {
      known.listeners.add(listener);
      // What was told between its place and the connection's is not told again.
      if (cursor !== undefined && cursor !== known.cursor) listener.onResync();
    }
    this.connect();
    return () => this.unwatch(homeId, listener);
  }

  private unwatch(homeId: number, listener: HomeListener): void {
    const home = this.homes.get(homeId);
    if (home === undefined) return;
    home.listeners.delete(listener);
    if (home.listeners.size > 0) return;
    this.homes.delete(homeId);
    if (this.socket?.connected === true) this.socket.emit('unsubscribe', { homeId });
    this.settle();
  }

  private connect(): void {
    if (this.socket !== undefined) return;
    this.announce('connecting');
    this.socket = this.open();
    this.listen(this.socket);
    this.socket.connect();
  }

  private listen(socket: LiveSocket): void {
    socket.on('connect', () => {
      for (const [homeId, home] of this.homes) this.subscribe(homeId, home);
      this.settle();
    });
    const reconnect = () => {
      for (const home of this.homes.values()) home.isSubscribed = false;
      this.announce(this.homes.size === 0 ? 'idle' : 'lost');
      if (socket.active) return;
      // Refused by the server, which the client does not repeat by itself: ask what still holds, then try again.
      for (const home of this.homes.values()) for (const listener of home.listeners) listener.onRevoked();
      setTimeout(() => socket.connect(), again);
    };
    socket.on('disconnect', reconnect);
    socket.on('connect_error', reconnect);
    for (const topic of topics) socket.on(topic, (message: LiveMessage) => this.take(message));
    socket.on('resync', ({ homeId }) => {
      const home = this.homes.get(homeId);
      if (home !== undefined) this.startOver(homeId, home);
    });
    socket.on('revoked', ({ homeId }) => {
      for (const [watched, home] of this.homes) {
        if (homeId === undefined || homeId === watched)
          for (const listener of home.listeners) listener.onRevoked();
      }
    });
  }

  private take(message: LiveMessage): void {
    const home = this.homes.get(message.homeId);
    if (home === undefined || message.position <= home.position) return;
    home.position = message.position;
    home.cursor = message.cursor;
    for (const listener of home.listeners) listener.onMessage(message);
  }

  private subscribe(homeId: number, home: WatchedHome): void {
    const request = { homeId, ...(home.cursor === undefined ? {} : { after: home.cursor }) };
    this.socket
      ?.timeout(answerWithinMs)
      .emit('subscribe', request, (lost: Error | null, answer: SubscribeAnswer) => {
        if (this.homes.get(homeId) !== home) return;
        if (lost !== null || (!answer.ok && answer.reason === 'unavailable')) {
          setTimeout(() => this.repeat(homeId, home), again);
        } else if (answer.ok) {
          home.isSubscribed = true;
          // With a cursor of our own only messages move it: what is being replayed may still be on its way.
          home.cursor ??= answer.cursor;
          if (home.mustReload) for (const listener of home.listeners) listener.onResync();
          home.mustReload = false;
          this.settle();
        } else if (answer.reason === 'forbidden') {
          for (const listener of home.listeners) listener.onRevoked();
        } else {
          this.startOver(homeId, home);
        }
      });
  }

  private repeat(homeId: number, home: WatchedHome): void {
    if (this.homes.get(homeId) === home && !home.isSubscribed && this.socket?.connected === true) {
      this.subscribe(homeId, home);
    }
  }

  /** Subscribes from now on and loads after that, so that nothing falls between. */
  private startOver(homeId: number, home: WatchedHome): void {
    const hadCursor = home.cursor !== undefined;
    home.cursor = undefined;
    home.isSubscribed = false;
    home.mustReload = true;
    if (hadCursor) this.subscribe(homeId, home);
    else setTimeout(() => this.repeat(homeId, home), again);
  }

  private settle(): void {
    if (this.homes.size === 0) this.announce('idle');
    else if (this.socket?.connected !== true) return;
    else if ([...this.homes.values()].every((home) => home.isSubscribed)) this.announce('live');
  }

  private announce(status: LiveStatus): void {
    if (status === this.current) return;
    this.current = status;
    for (const listener of this.statusListeners) listener();
  }
}
