import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

const dropped = new Set(['upgrade', 'http2-settings']);

export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  (headers.upgrade ?? '').split(',').some((one) => one.trim().toLowerCase() === 'websocket');

/** The head of a request as it came, without the wish for another protocol. */
function plainHead({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    const lower = name.toLowerCase();
    if (dropped.has(lower)) continue;
    const kept =
      lower === 'connection'
        ? value
            .split(',')
            .filter((one) => !dropped.has(one.trim().toLowerCase()))
            .join(',')
        : value;
    if (lower !== 'connection' || kept.trim() !== '') lines.push(`${name}: ${kept}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/**
 * Serves a request that offers another protocol, as some clients do with HTTP/2 on every first request, as the ordinary
 * one that it is else (RFC 9110 7.8): the connection is given to the server anew.
 */
export function declineUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.unshift(Buffer.concat([Buffer.from(plainHead(request), 'latin1'), head]));
  server.emit(socket instanceof TLSSocket ? 'secureConnection' : 'connection', socket);
}
