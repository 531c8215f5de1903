import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { absentableId } from '../contracts/values';
import { Failure, invalidField } from '../domain/errors';
import type { Deps } from '../services/deps';
import { type DeviceLink, DeviceLinks } from '../services/devices/device-links';
import { listenToHomes } from '../services/user-session/listen';
import { type Identified, identifyUpgrade, readRawQuery } from './credentials';
import { HomeListeners, type Wanted } from './home-listeners';
import { type Patience, RawSocket, usualPatience } from './raw-socket';

const frameMostBytes = 64 * 1024;
const farewellMostMs = 1_000;

export interface RawSocketSettings {
  trustProxy: boolean;
  /** Status and body of a refusal, in the words of the API that the path belongs to. */
  refuse(error: unknown, path: string): { status: number; body: object; retryAfterSeconds?: number };
  patience?: Patience;
}

export interface RawSockets {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  readonly connections: number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Endpoint = { kind: 'commands'; deviceId: number } | { kind: 'events' };

const pathOf = (url: string): string => url.split('?', 1)[0] as string;

function endpointOf(url: string): Endpoint | undefined {
  const path = pathOf(url);
  if (path === '/userSession/websocket') return { kind: 'events' };
  const deviceId = /^\/devices\/(\d{1,15})\/command$/.exec(path)?.[1];
  return deviceId === undefined ? undefined : { kind: 'commands', deviceId: Number(deviceId) };
}

/** The id that a query names; none, an empty one and 0 are absent. */
function idIn(url: string, name: 'homeId' | 'deviceId', reason: string): number | undefined {
  const parsed = absentableId.safeParse(readRawQuery(url, name));
  if (!parsed.success) throw invalidField(name, 'must be an id', reason);
  return parsed.data;
}

/** What an app wants to hear of alone (mode-api 10). */
const wantedIn = (url: string): Wanted => ({
  homeId: idIn(url, 'homeId', 'INVALID_HOME_ID'),
  deviceId: idIn(url, 'deviceId', 'INVALID_DEVICE_ID'),
});

/** What RFC 6455 asks of a handshake; checked first, so that nothing is opened for one that will fail. */
function isHandshake({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')
  );
}

const unauthenticated = () => new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
const noHandshake = () =>
  new Failure('unparsable', {
    reason: 'INVALID_PARAMETER',
    issues: [{ field: 'Upgrade', message: 'is no WebSocket handshake of version 13' }],
  });

/** The two WebSocket endpoints of the cloud API (mode-api 6): commands of a device, events of a person's homes. */
export function makeRawSockets(deps: Deps, settings: RawSocketSettings): RawSockets {
  const patience = settings.patience ?? usualPatience;
  // A subprotocol is never echoed, compression never agreed on (mode-api 6.1); pings are answered by ws itself.
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: frameMostBytes,
    clientTracking: false,
    handleProtocols: () => false,
  });
  const open = new Set<RawSocket>();
  const links = new DeviceLinks(deps);
  const listeners = new HomeListeners(deps);
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let onEmpty = () => {};

  function refuse(socket: Duplex, url: string, error: unknown): void {
    const { status, body, retryAfterSeconds } = settings.refuse(error, pathOf(url));
    if (status >= 500) deps.log.warn({ err: error }, 'WebSocket could not be opened');
    const text = JSON.stringify(body);
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Access-Control-Allow-Origin: *',
      'Access-Control-Allow-Credentials: false',
      'Access-Control-Expose-Headers: X-Xsrf-Guard',
      ...(retryAfterSeconds === undefined ? [] : [`Retry-After: ${retryAfterSeconds}`]),
    ];
    socket.once('finish', () => socket.destroy());
    socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
  }

  /** Answers 101 and binds the socket to its client; `onClose` runs once, when it is over or could not begin. */
  function upgrade(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    socket: RawSocket,
    onClose: () => void,
  ): void {
    let isOpen = false;
    if (!stream.destroyed && !isStopping) {
      server.handleUpgrade(request, stream, head, (webSocket) => {
        isOpen = true;
        open.add(socket);
        webSocket.on('close', () => {
          open.delete(socket);
          onClose();
          if (open.size === 0) onEmpty();
        });
        // What was wrong is said by the close that follows.
        webSocket.on('error', () => {});
        socket.attach(webSocket, stream, performance.now());
      });
    }
    if (isOpen) return;
    onClose();
    stream.destroy();
  }

  async function hearCommands(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    deviceId: number,
    { principal, tokenHash }: Identified,
  ): Promise<void> {
    const socket = new RawSocket();
    const link: DeviceLink = {
      deviceId,
      principal,
      keyHash: tokenHash ?? Buffer.alloc(0),
      onMessage({ channel, body }) {
        if (channel === 'command') socket.send(Buffer.from(body));
      },
      end: (why) => socket.close(why),
    };
    links.add(link);
    try {
      await links.openChannel(link);
    } catch (error) {
      links.remove(link);
      throw error;
    }
    upgrade(request, stream, head, socket, () => links.remove(link));
  }

  async function hearEvents(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    { principal }: Identified,
    newsBefore: number,
  ): Promise<void> {
    const wanted = wantedIn(request.url ?? '/');
    const homeIds = await listenToHomes(deps, principal);
    if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
    const socket = new RawSocket();
    try {
      await listeners.add(socket, principal, homeIds, newsBefore, wanted);
    } catch (error) {
      listeners.remove(socket, principal);
      throw error;
    }
    upgrade(request, stream, head, socket, () => listeners.remove(socket, principal));
  }

  async function take(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const endpoint = endpointOf(request.url ?? '/');
    if (endpoint === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (isStopping) throw new Failure('unavailable', { retryAfterSeconds: 1 });
    const newsBefore = listeners.news;
    const isHttps =
      (stream as { encrypted?: boolean }).encrypted === true ||
      (settings.trustProxy && request.headers['x-forwarded-proto'] === 'https');
    const caller = await identifyUpgrade(deps, request, isHttps);
    if (caller === undefined) throw unauthenticated();
    if (!isHandshake(request)) throw noHandshake();
    if (endpoint.kind === 'events') await hearEvents(request, stream, head, caller, newsBefore);
    else await hearCommands(request, stream, head, endpoint.deviceId, caller);
  }

  return {
    handleUpgrade(request, stream, head) {
      take(request, stream, head).catch((error: unknown) => refuse(stream, request.url ?? '/', error));
    },
    get connections() {
      return open.size;
    },
    async start() {
      await links.start();
      await listeners.start();
      timer = setInterval(
        () => {
          const now = performance.now();
          for (const socket of open) socket.attend(now, patience);
        },
        Math.min(5_000, patience.pingEveryMs / 4),
      );
    },
    async stop() {
      isStopping = true;
      clearInterval(timer);
      for (const socket of open) socket.close('stopping');
      if (open.size > 0) {
        let late: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          onEmpty = resolve;
          late = setTimeout(resolve, farewellMostMs);
        });
        clearTimeout(late);
        for (const socket of open) socket.terminate();
      }
      await listeners.stop();
      await links.stop();
    },
  };
}
