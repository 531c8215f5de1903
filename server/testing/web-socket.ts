import type { IncomingHttpHeaders } from 'node:http';
import { afterAll } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { Inbox } from './inbox';

/** How a server refuses to upgrade. */
export class UpgradeRefused extends Error {
  constructor(
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly body: string,
  ) {
    super(`refused with ${status}`);
  }
}

export interface TestSocket {
  readonly webSocket: WebSocket;
  readonly texts: Inbox<string>;
  readonly pings: Inbox<string>;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Sends a ping and gives back what the pong says. */
  ping(text?: string): Promise<string>;
  close(): void;
}

const open = new Set<WebSocket>();

/** Opens a WebSocket at a path of `http://…`. Rejects with UpgradeRefused. */
export async function openSocket(
  url: string,
  path: string,
  options: ClientOptions & { token?: string; protocols?: string[] } = {},
): Promise<TestSocket> {
  const { token, protocols = [], ...rest } = options;
  const headers = {
    ...rest.headers,
    ...(token === undefined ? {} : { authorization: `ModeCloud ${token}` }),
  };
  const webSocket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, protocols, { ...rest, headers });
  open.add(webSocket);
  const [texts, pings, pongs] = [new Inbox<string>(), new Inbox<string>(), new Inbox<string>()];
  webSocket.on('message', (data, isBinary) => texts.put(isBinary ? '(binary)' : String(data)));
  webSocket.on('ping', (data) => pings.put(String(data)));
  webSocket.on('pong', (data) => pongs.put(String(data)));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    webSocket.on('close', (code, reason) => {
      open.delete(webSocket);
      resolve({ code, reason: String(reason) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    webSocket.once('open', resolve);
    webSocket.on('error', reject);
    webSocket.once('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        open.delete(webSocket);
        reject(new UpgradeRefused(response.statusCode ?? 0, response.headers, body));
      });
    });
  });
  return {
    webSocket,
    texts,
    pings,
    closed,
    ping(text = '') {
      webSocket.ping(text);
      return pongs.next();
    },
    close: () => webSocket.close(),
  };
}

/** How an upgrade was refused; throws when it was not. */
export async function refusalOf(
  url: string,
  path: string,
  options?: Parameters<typeof openSocket>[2],
): Promise<UpgradeRefused> {
  try {
    (await openSocket(url, path, options)).close();
  } catch (error) {
    if (error instanceof UpgradeRefused) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Closes what the tests of a file have left open. */
export function closeSocketsAfterwards(): void {
  afterAll(() => {
    for (const webSocket of open) webSocket.terminate();
  });
}
