import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../config/log';
import type { Arrival, TakeConnection } from './arrival';

export interface ListenerSettings {
  host: string;
  port: number;
  tlsPort: number;
  /** PEM; without them no TLS listener is opened. */
  tls?: ListenerTls;
}

export interface ListenerTls {
  cert: string;
  key: string;
  /** Authorities whose client certificates are taken. None: nobody is asked for one. */
  clientAuthorities?: readonly string[];
}

const firstByteMs = 10_000;
/** A device that asked for no keep-alive is noticed to be gone by the network itself. */
const probeAfterMs = 60_000;
const letterG = 0x47;

/** Names that AWS SDKs and web clients offer. */
const knownProtocols = ['mqtt', 'x-amzn-mqtt-ca', 'http/1.1'];
/**
 * The first offered name that we know, else simply the first: a name is no reason to refuse a handshake (device-shadow
 * 7), and what is spoken is told by the first byte.
 */
const chooseProtocol = ({ protocols }: { protocols: readonly string[] }): string | undefined =>
  knownProtocols.find((name) => protocols.includes(name)) ?? protocols[0];

/**
 * What a socket tells by itself. Undefined: it shows a certificate of somebody whom we do not trust, or one that has
 * expired, and is not served at all (device-shadow 11).
 */
function arrivalOf(socket: Socket): Arrival | undefined {
  const address = socket.remoteAddress;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) return { address };
  return (socket as TLSSocket).authorized ? { address, certificate } : undefined;
}

/**
 * Bytes of one WebSocket message. The Go library for devices reads a message into 4,096 bytes, which may hold the first
 * five of a packet already, and loses what does not fit.
 */
const messageMostBytes = 4_000;

/** The bytes of a WebSocket. What is long goes out in several messages: MQTT does not look at where one ends. */
function streamOf(webSocket: WebSocket): Duplex {
  const stream = createWebSocketStream(webSocket);
  const sendLast = stream._write.bind(stream);
  stream._write = (chunk: Buffer, encoding, done) => {
    let at = 0;
    for (; chunk.length - at > messageMostBytes; at += messageMostBytes)
      webSocket.send(chunk.subarray(at, at + messageMostBytes));
    sendLast(chunk.subarray(at), encoding, done);
  };
  return stream;
}

/** MQTT over WebSocket at `/mqtt` and `/`, with either subprotocol or none (device-shadow 7, mode-api 7). */
function makeWebSocketSide(take: TakeConnection): HttpServer {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 512 * 1024,
    handleProtocols: (offered) => ['mqtt', 'mqttv3.1'].find((known) => offered.has(known)) ?? false,
  });
  const http = createHttpServer((_request, response) => {
    response
      .writeHead(426, { 'content-type': 'text/plain', upgrade: 'websocket' })
      .end('This port speaks MQTT.\n');
  });
  http.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path !== '/mqtt' && path !== '/') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const stream = streamOf(webSocket);
      stream.on('error', () => webSocket.terminate());
      const arrival = arrivalOf(request.socket);
      if (arrival !== undefined) take(stream, arrival);
    });
  });
  return http;
}

/** Opens the ports: each takes MQTT and, told apart by the first byte, MQTT over WebSocket. */
export async function listen(
  onConnection: TakeConnection,
  settings: ListenerSettings,
  log: Logger,
): Promise<{ port: number; tlsPort: number | undefined; close(): Promise<void> }> {
  const webSocketSide = makeWebSocketSide(onConnection);
  const open = new Set<Socket>();

  const take = (socket: Socket) => {
    const arrival = arrivalOf(socket);
    if (arrival === undefined) {
      log.info({ address: socket.remoteAddress }, 'client certificate refused');
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, probeAfterMs);
    socket.on('close', () => open.delete(socket));
    socket.on('error', (error) => log.debug({ err: error }, 'MQTT socket error'));
    socket.setTimeout(firstByteMs, () => socket.destroy());
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (first === null) return;
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      socket.unshift(first);
      if (first[0] === letterG) webSocketSide.emit('connection', socket);
      else onConnection(socket, arrival);
    });
  };

  const start = (server: Server, port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: settings.host }, () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  const servers: Server[] = [createTcpServer({ noDelay: true }, take)];
  const port = await start(servers[0] as Server, settings.port);
  let tlsPort: number | undefined;
  if (settings.tls !== undefined) {
    const { cert, key, clientAuthorities = [] } = settings.tls;
    const server = createTlsServer(
      {
        cert,
        key,
        noDelay: true,
        minVersion: 'TLSv1.2',
        ALPNCallback: chooseProtocol,
        // Asked for, not demanded: with a password nobody needs one. Strangers' are refused in `take`.
        ...(clientAuthorities.length > 0
          ? { requestCert: true, rejectUnauthorized: false, ca: [...clientAuthorities] }
          : {}),
      },
      take,
    );
    server.on('tlsClientError', (error) => log.debug({ err: error }, 'MQTT TLS handshake failed'));
    servers.push(server);
    tlsPort = await start(server, settings.tlsPort);
  }
  return {
    port,
    tlsPort,
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const socket of open) socket.destroy();
      await Promise.all(closed);
    },
  };
}
