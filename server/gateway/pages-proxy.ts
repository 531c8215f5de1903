import { randomBytes } from 'node:crypto';
import { Agent, type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createProxyServer } from 'httpxy';
import type { Logger } from '../config/log';
import { contentSecurityPolicy, pageHeaders, transportSecurity } from './security';
import { makeStaticFiles, staticPath } from './static-files';

export interface PagesProxy {
  web(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const away = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2"><title>Latchkey</title><style>body{font:1rem/1.5 system-ui;display:grid;place-items:center;min-height:90vh;color-scheme:light dark}</style>
<main><h1>One moment</h1><p>The pages are starting. This page tries again by itself.</p></main>`;

/** The connection was closed by the other side, perhaps before the request came. */
const isStale = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'ECONNRESET' || error.code === 'EPIPE';
/** What may be asked twice, while nothing of an answer has gone out and somebody still waits for it. */
const isRepeatable = ({ method }: IncomingMessage, response: ServerResponse): boolean =>
  (method === 'GET' || method === 'HEAD') && !response.headersSent && !response.destroyed;

/** Passes everything that is no API to the pages process, with the security headers and a nonce for its scripts. */
export function makePagesProxy(settings: {
  port: number;
  trustProxy: boolean;
  isDevelopment: boolean;
  /** Folder of the build's scripts and styles, which are sent from here; without it the pages process sends them. */
  staticFolder?: string;
  log: Logger;
}): PagesProxy {
  const sendStatic = settings.staticFolder === undefined ? undefined : makeStaticFiles(settings.staticFolder);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const proxy = createProxyServer({
    target: { host: '127.0.0.1', port: settings.port, protocol: 'http:' },
    agent,
    xfwd: false,
    proxyTimeout: 30_000,
  });
  const repeated = new WeakSet<ServerResponse>();
  proxy.on('error', (error, request, response) => {
    if (response instanceof ServerResponse) {
      if (request && isStale(error) && isRepeatable(request, response) && !repeated.has(response)) {
        repeated.add(response);
        // On a connection of its own, which nobody can have closed before.
        void proxy.web(request, response, { agent: false }).catch(() => {});
        return;
      }
      settings.log.debug({ err: error }, 'pages are away');
      if (response.headersSent) return void response.destroy();
      response.writeHead(503, {
        'content-type': 'text/html; charset=utf-8',
        'retry-after': '2',
        'cache-control': 'no-store',
      });
      response.end(away);
    } else {
      response?.destroy();
    }
  });

  /** Tells the pages who is calling; what a client claims of that is dropped unless a proxy is trusted. */
  function forward(request: IncomingMessage): boolean {
    const { headers } = request;
    const isEncrypted = (request.socket as { encrypted?: boolean }).encrypted === true;
    const given = settings.trustProxy ? headers : {};
    const isHttps = isEncrypted || given['x-forwarded-proto'] === 'https';
    // One address, the caller's: the pages have no say in whom to believe.
    const told = String(given['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim();
    headers['x-forwarded-for'] = told || request.socket.remoteAddress;
    headers['x-forwarded-proto'] = isHttps ? 'https' : 'http';
    headers['x-forwarded-host'] = headers.host ?? 'localhost';
    delete headers['x-forwarded-port'];
    delete headers['x-middleware-subrequest'];
    return isHttps;
  }

  return {
    web(request, response) {
      const isHttps = forward(request);
      for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
      if (isHttps) response.setHeader('Strict-Transport-Security', transportSecurity);
      const pass = () => void proxy.web(request, response).catch(() => {});
      if (request.url?.startsWith(staticPath) === true) {
        // What a newer build has made since is known to the pages process alone.
        return sendStatic === undefined ? pass() : sendStatic(request, response, pass);
      }
      const policy = contentSecurityPolicy(
        randomBytes(16).toString('base64'),
        request.headers.host ?? 'localhost',
        settings.isDevelopment,
      );
      // Next reads the nonce for its own scripts from the request.
      request.headers['content-security-policy'] = policy;
      response.setHeader('Content-Security-Policy', policy);
      pass();
    },
    upgrade(request, socket, head) {
      forward(request);
      proxy.ws(request, socket as Socket, {}, head).catch(() => socket.destroy());
    },
    close: () => agent.destroy(),
  };
}
