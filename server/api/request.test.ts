import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type ApiContext, addressOf, isHttps } from './request';

/** A request as the gateway sees it: from a socket, with what the client or a proxy claims. */
const request = (
  socket: { remoteAddress: string; encrypted?: boolean } | undefined,
  headers: Record<string, string>,
) =>
  ({
    env: socket === undefined ? {} : { incoming: { socket } as unknown as IncomingMessage },
    req: { header: (name: string) => headers[name] },
  }) as unknown as ApiContext;

describe('who a request comes from', () => {
  const claims = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9', 'x-forwarded-proto': 'https' };

  it('is the socket where no proxy is trusted, whatever the client claims', () => {
    const direct = request({ remoteAddress: '192.0.2.1' }, claims);
    expect(addressOf(direct, false)).toBe('192.0.2.1');
    expect(isHttps(direct, false)).toBe(false);
  });

  it('is what the last hop says where it is trusted, and not what stands before that', () => {
    const proxied = request({ remoteAddress: '192.0.2.1' }, claims);
    expect(addressOf(proxied, true)).toBe('203.0.113.9');
    expect(isHttps(proxied, true)).toBe(true);
  });

  it('is the socket when a trusted proxy says nothing', () => {
    expect(addressOf(request({ remoteAddress: '192.0.2.1' }, {}), true)).toBe('192.0.2.1');
  });

  it('came by https when the socket itself is encrypted', () => {
    expect(isHttps(request({ remoteAddress: '192.0.2.1', encrypted: true }, {}), false)).toBe(true);
  });
});
