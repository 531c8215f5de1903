import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Socket as AnySocket, Server } from 'socket.io';
import {
  type ClientToServerEvents,
  type LiveMessage,
  type ServerToClientEvents,
  type SubscribeAnswer,
  subscribeRequest,
} from '../contracts/realtime';
import { readCookie, sessionCookie } from '../domain/cookies';
import { readCursor, toCursor } from '../domain/cursor';
import { hears, type ListeningRight } from '../domain/listening';
import type { Principal } from '../domain/principal';
import type { HomeEvent } from '../event-store/outbox';
import { resolveJwt, resolveModeToken, resolveSession } from '../services/auth/resolve-principal';
import type { Deps } from '../services/deps';
import { listeningRight } from '../services/homes/listening-right';
import { areAlive, isAlive } from '../services/user-session/are-alive';
import { isOwnOrigin } from './credentials';
import { HomeFeeds } from './feeds';

interface SocketData {
  principal: Principal;
  /** What it may hear of each home that it follows. */
  homes: Map<number, ListeningRight>;
}
type Socket = AnySocket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;

const frameMostBytes = 64 * 1024;
const socketsPerUser = 10;
const homesPerSocket = 100;
const room = (homeId: number): string => `home:${homeId}`;

const toMessage = ({ homeId, position, topic, payload }: HomeEvent): LiveMessage =>
  ({ topic, homeId, position, cursor: toCursor(homeId, position), payload }) as LiveMessage;

export interface SocketServer {
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connections: number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function identify(deps: Deps, socket: Socket, isHttps: boolean): Promise<Principal | undefined> {
  const token: unknown = socket.handshake.auth.token;
  if (typeof token === 'string') {
    return token.startsWith('v1.') ? resolveModeToken(deps, token) : resolveJwt(deps, token);
  }
  const cookie = readCookie(socket.handshake.headers.cookie, sessionCookie(isHttps));
  return cookie === undefined || !isOwnOrigin(socket.request) ? undefined : resolveSession(deps, cookie);
}

/** Live events of homes for apps and pages (model 5). It shares the ports of the gateway through the two handlers. */
export function makeSocketServer(deps: Deps, settings: { trustProxy: boolean }): SocketServer {
  // socket.io wants a server to itself; the gateway hands it the requests of its path from several ports.
  const door = createServer();
  const io = new Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>(door, {
    serveClient: false,
    maxHttpBufferSize: frameMostBytes,
    pingInterval: 20_000,
    pingTimeout: 20_000,
    transports: ['websocket', 'polling'],
  });
  const feeds = new HomeFeeds(deps, (event) => {
    const message = toMessage(event);
    io.to(room(event.homeId)).emit(event.topic, message);
    for (const guest of guests.get(event.homeId) ?? []) {
      const right = guest.data.homes.get(event.homeId);
      if (right !== undefined && hears(right, event)) guest.emit(event.topic, message);
    }
    if (event.topic === 'access' || event.topic === 'member') reassess(event.homeId);
  });
  /** Those who do not hear all of a home are in no room of it. */
  const guests = new Map<number, Set<Socket>>();
  const ofUser = new Map<number, Set<Socket>>();
  const offs: (() => unknown)[] = [];

  const unplace = (socket: Socket, homeId: number) => {
    void socket.leave(room(homeId));
    const others = guests.get(homeId);
    others?.delete(socket);
    if (others?.size === 0) guests.delete(homeId);
  };
  /** Where it hears what it may hear. */
  const place = (socket: Socket, homeId: number, right: ListeningRight) => {
    unplace(socket, homeId);
    socket.data.homes.set(homeId, right);
    if (right.kind === 'all') void socket.join(room(homeId));
    else guests.set(homeId, (guests.get(homeId) ?? new Set()).add(socket));
  };
  const leave = (socket: Socket, homeId: number) => {
    if (!socket.data.homes.delete(homeId)) return;
    unplace(socket, homeId);
    feeds.leave(homeId);
  };
  const sockets = (): Socket[] => [...io.of('/').sockets.values()];

  async function subscribe(socket: Socket, request: unknown): Promise<SubscribeAnswer> {
    const parsed = subscribeRequest.safeParse(request);
    if (!parsed.success) return { ok: false, reason: 'invalid' };
    const { homeId, after } = parsed.data;
    const from = after === undefined ? undefined : readCursor(after);
    if (after !== undefined && from?.homeId !== homeId) return { ok: false, reason: 'invalid' };
    const right = await listeningRight(deps, socket.data.principal, homeId);
    if (socket.data.homes.size >= homesPerSocket || right === undefined) {
      return { ok: false, reason: 'forbidden' };
    }
    leave(socket, homeId);
    let answer: SubscribeAnswer = { ok: false, reason: 'unavailable' };
    await feeds.join(homeId, from?.position, (joined) => {
      if (!joined.ok) {
        feeds.leave(homeId);
        answer = { ok: false, reason: joined.reason === 'gone' ? 'forbidden' : 'resync' };
        return;
      }
      if (socket.disconnected) {
        feeds.leave(homeId);
        return;
      }
      for (const event of joined.missed) if (hears(right, event)) socket.emit(event.topic, toMessage(event));
      place(socket, homeId, right);
      answer = { ok: true, cursor: toCursor(homeId, joined.position) };
    });
    // A right that was taken away between the check and the room is noticed here.
    await lookAgain(socket, homeId);
    return answer.ok && !socket.data.homes.has(homeId) ? { ok: false, reason: 'forbidden' } : answer;
  }

  /** Looks up what a socket may hear of a home that it follows. */
  async function lookAgain(socket: Socket, homeId: number): Promise<void> {
    if (!socket.data.homes.has(homeId)) return;
    const right = await listeningRight(deps, socket.data.principal, homeId);
    if (right === undefined) revokeHome(socket, homeId);
    else if (socket.data.homes.has(homeId)) place(socket, homeId, right);
  }

  /** Rights in a home have changed. */
  function reassess(homeId: number): void {
    for (const socket of sockets()) {
      lookAgain(socket, homeId).catch((error: unknown) => {
        deps.log.warn({ err: error, homeId }, 'a right could not be looked up');
        revokeHome(socket, homeId);
      });
    }
  }

  /** Sockets whose session has ended meanwhile, in whatever way, are closed. */
  async function recheck(): Promise<void> {
    const sessions = sockets().flatMap(({ data }) =>
      data.principal.kind === 'user' ? [data.principal.sessionId] : [],
    );
    const alive = await areAlive(deps, [...new Set(sessions)]);
    for (const socket of sockets()) {
      const { principal } = socket.data;
      if (principal.kind === 'user' && !alive.has(principal.sessionId)) end(socket);
      else {
        for (const homeId of [...socket.data.homes.keys()]) await lookAgain(socket, homeId);
      }
    }
  }
  const end = (socket: Socket) => {
    socket.emit('revoked', {});
    socket.disconnect(true);
  };
  const revokeHome = (socket: Socket, homeId: number) => {
    if (!socket.data.homes.has(homeId)) return;
    leave(socket, homeId);
    socket.emit('revoked', { homeId });
  };

  io.use((socket, next) => {
    const isHttps =
      (socket.request.socket as { encrypted?: boolean }).encrypted === true ||
      (settings.trustProxy && socket.handshake.headers['x-forwarded-proto'] === 'https');
    identify(deps, socket, isHttps).then(
      (principal) => {
        if (principal === undefined) return next(new Error('unauthenticated'));
        socket.data.principal = principal;
        socket.data.homes = new Map();
        return next();
      },
      (error: unknown) => {
        deps.log.warn({ err: error }, 'socket could not be checked');
        next(new Error('unavailable'));
      },
    );
  });
  io.on('connection', (socket) => {
    const { principal } = socket.data;
    if (principal.kind === 'user') {
      // A session that ended between the handshake and now was told of to sockets that were here already.
      isAlive(deps, principal.sessionId).then(
        (isStill) => {
          if (!isStill) end(socket);
        },
        (error: unknown) => deps.log.warn({ err: error }, 'session could not be checked again'),
      );
      const mine = ofUser.get(principal.userId) ?? new Set();
      ofUser.set(principal.userId, mine);
      mine.add(socket);
      const [oldest] = mine;
      if (mine.size > socketsPerUser && oldest !== undefined) oldest.disconnect(true);
      socket.on('disconnect', () => {
        mine.delete(socket);
        if (mine.size === 0) ofUser.delete(principal.userId);
      });
    }
    socket.on('subscribe', (request, answer) => {
      subscribe(socket, request).then(
        (result) => {
          if (typeof answer === 'function') answer(result);
        },
        (error: unknown) => {
          deps.log.warn({ err: error }, 'subscribe failed');
          if (typeof answer === 'function') answer({ ok: false, reason: 'unavailable' });
        },
      );
    });
    socket.on('unsubscribe', (request) => {
      const homeId = Number((request as { homeId?: unknown } | undefined)?.homeId);
      if (Number.isSafeInteger(homeId)) leave(socket, homeId);
    });
    socket.on('disconnect', () => {
      for (const homeId of [...socket.data.homes.keys()]) leave(socket, homeId);
    });
  });

  return {
    handleRequest: (request, response) => void door.emit('request', request, response),
    handleUpgrade: (request, socket, head) => void door.emit('upgrade', request, socket, head),
    get connections() {
      return io.engine.clientsCount;
    },
    async start() {
      offs.push(await deps.bus.onHomeEvent((event) => feeds.take(event)));
      offs.push(
        await deps.bus.onRevocation((what) => {
          for (const socket of sockets()) {
            const { principal } = socket.data;
            if (what.kind === 'session' && principal.kind === 'user' && principal.sessionId === what.id)
              end(socket);
            if (what.kind === 'home') revokeHome(socket, what.homeId);
            if (what.kind === 'member' && principal.kind === 'user' && principal.userId === what.userId) {
              revokeHome(socket, what.homeId);
            }
          }
        }),
      );
      offs.push(
        deps.bus.onReconnect(() => {
          feeds.catchUp();
          recheck().catch((error: unknown) =>
            deps.log.warn({ err: error }, 'sockets could not be checked again'),
          );
        }),
      );
    },
    async stop() {
      for (const off of offs) await off();
      io.disconnectSockets(true);
      await io.close();
    },
  };
}
