import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Logger } from '../config/log';
import { asksForWebSocket, declineUpgrade } from './decline-upgrade';

export interface GatewayParts {
  /** Answers health and metrics; false: not its path. */
  operations(request: IncomingMessage, response: ServerResponse): boolean;
  isApiPath(path: string): boolean;
  api: RequestListener;
  sockets: {
    handleRequest(request: IncomingMessage, response: ServerResponse): void;
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };
  /** WebSocket endpoints of the API; refuses what is none. */
  rawSockets: { handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void };
  pages: {
    web(request: IncomingMessage, response: ServerResponse): void;
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };
}

export interface GatewaySettings {
  host: string;
  port: number;
  httpsPort: number;
  tls?: { cert: string; key: string };
  log: Logger;
}

const stopMostMs = 5_000;

/** The public ports. One host, one port: API, live events and pages told apart by path (house 2). */
export async function startGateway(
  parts: GatewayParts,
  settings: GatewaySettings,
): Promise<{ port: number; httpsPort?: number; stop(): Promise<void> }> {
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const url = request.url ?? '/';
    if (url.startsWith('/socket.io/')) parts.sockets.handleRequest(request, response);
    else if (parts.isApiPath(url.split('?', 1)[0] as string)) parts.api(request, response);
    else if (!parts.operations(request, response)) parts.pages.web(request, response);
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', (error) => settings.log.debug({ err: error }, 'upgrade socket error'));
    const url = request.url ?? '/';
    if (url.startsWith('/socket.io/')) parts.sockets.handleUpgrade(request, socket, head);
    else if (parts.isApiPath(url.split('?', 1)[0] as string))
      parts.rawSockets.handleUpgrade(request, socket, head);
    else if (url.startsWith('/_next/')) parts.pages.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  };

  async function open(server: Server, port: number): Promise<number> {
    server.keepAliveTimeout = 65_000;
    server.headersTimeout = 20_000;
    server.requestTimeout = 60_000;
    server.on('request', onRequest);
    server.on('upgrade', (request, socket, head) => {
      if (asksForWebSocket(request)) onUpgrade(request, socket, head);
      else declineUpgrade(server, request, socket, head);
    });
    server.on('clientError', (_error, socket) => {
      if (socket.writable)
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: settings.host }, resolve);
    });
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  const servers: Server[] = [createHttpServer({ noDelay: true })];
  const port = await open(servers[0] as Server, settings.port);
  let httpsPort: number | undefined;
  if (settings.tls !== undefined) {
    const server = createHttpsServer({ ...settings.tls, noDelay: true });
    servers.push(server as unknown as Server);
    httpsPort = await open(server as unknown as Server, settings.httpsPort);
  }
  return {
    port,
    ...(httpsPort === undefined ? {} : { httpsPort }),
    async stop() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const server of servers) server.closeIdleConnections();
      const late = new Promise((resolve) => {
        setTimeout(resolve, stopMostMs).unref();
      });
      await Promise.race([Promise.all(closed), late]);
      for (const server of servers) server.closeAllConnections();
    },
  };
}
