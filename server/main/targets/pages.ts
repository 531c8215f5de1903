import { createServer } from 'node:http';
import next from 'next';
import type { Config } from '@/server/config';
import type { Running } from './target';

/** Next answers 500 to a path whose escapes are no text; that is the caller's fault and not ours. */
function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split('?', 1)[0] as string);
    return true;
  } catch {
    return false;
  }
}

/**
 * Next behind the gateway, on loopback. Its own server object is used instead of `next start`, whose child process
 * survives a plain kill of its parent.
 */
export async function start(config: Config): Promise<Running & { port: number }> {
  const dev = process.env.NODE_ENV === 'development';
  // The gateway is the only caller; what it says of host and scheme is true.
  process.env.AUTH_TRUST_HOST = 'true';
  process.env.NEXTAUTH_SECRET ??= config.SECRETS_KEY ?? '';
  // The gateway keeps its connections: one that ended here by itself, as its next request is on the way, loses a page.
  const server = createServer({ keepAliveTimeout: 0 });
  const app = next({
    dev,
    dir: process.cwd(),
    hostname: '127.0.0.1',
    port: config.PAGES_PORT,
    httpServer: server,
    quiet: !dev,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  server.on('request', (request, response) => {
    if (isReadable(request.url ?? '/')) return void handle(request, response);
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('Bad Request\n');
  });
  if (dev) server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: config.PAGES_PORT }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.PAGES_PORT,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
      server.closeAllConnections();
      await app.close();
    },
  };
}
