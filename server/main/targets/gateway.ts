import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { sql } from 'drizzle-orm';
import { dialectOf, isApiPath, makeApi } from '@/server/api/app';
import { speak, toFailure } from '@/server/api/dialects';
import { Standstill } from '@/server/api/standstill';
import type { Config } from '@/server/config';
import { waitForSchema } from '@/server/db/migrate';
import { Metrics, operate } from '@/server/gateway/operations';
import { makePagesProxy } from '@/server/gateway/pages-proxy';
import { startGateway } from '@/server/gateway/server';
import { makeRawSockets } from '@/server/realtime/raw-sockets';
import { makeSocketServer } from '@/server/realtime/socket-server';
import { openDeps } from '@/server/services/open-deps';
import { migrationsFolder, type Running } from './target';

/** Where the build puts the scripts of the pages, seen from where the program was started. */
const builtStatic = '.next/static';

const pagesAnswer = (port: number) =>
  new Promise<boolean>((resolve) => {
    const request = httpRequest({ host: '127.0.0.1', port, path: '/sign-in', method: 'HEAD' }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    });
    request.on('error', () => resolve(false));
    request.end();
  });

async function readTls(config: Config): Promise<{ cert: string; key: string } | undefined> {
  const { TLS_CERT_FILE: cert, TLS_KEY_FILE: key } = config;
  if (cert === undefined || key === undefined || !existsSync(cert)) return undefined;
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
}

/** The public port: API, live events, pages. */
export async function start(config: Config): Promise<Running & { port: number; httpsPort?: number }> {
  const { deps, connection, busConnection, close } = await openDeps(config, 'gateway', 16);
  await waitForSchema(deps.db, migrationsFolder);
  const sockets = makeSocketServer(deps, { trustProxy: config.TRUST_PROXY });
  await sockets.start();
  const rawSockets = makeRawSockets(deps, {
    trustProxy: config.TRUST_PROXY,
    refuse: (error, path) => speak(dialectOf(path), toFailure(error)),
  });
  await rawSockets.start();
  const metrics = new Metrics('gateway', () => sockets.connections + rawSockets.connections);
  let isStopping = false;
  const standstill = new Standstill();
  standstill.start();
  const api = makeApi({
    deps,
    trustProxy: config.TRUST_PROXY,
    standstill,
    onRequest: (operation, status, milliseconds) => metrics.observe(operation, status, milliseconds),
  });
  const isDevelopment = process.env.NODE_ENV === 'development';
  const pages = makePagesProxy({
    port: config.PAGES_PORT,
    trustProxy: config.TRUST_PROXY,
    isDevelopment,
    ...(!isDevelopment && existsSync(builtStatic) ? { staticFolder: builtStatic } : {}),
    log: deps.log,
  });
  const checks = [
    { name: 'database', run: async () => (await deps.db.execute(sql`select 1`)).length === 1 },
    { name: 'broker', run: async () => connection.isConnected && busConnection.isConnected },
    ...(config.PAGES_PORT === 0 ? [] : [{ name: 'pages', run: () => pagesAnswer(config.PAGES_PORT) }]),
  ];
  const tls = await readTls(config);
  const gateway = await startGateway(
    {
      operations: (request, response) =>
        operate(request, response, { checks, metrics, isStopping: () => isStopping }),
      isApiPath,
      api: getRequestListener(api.fetch, { overrideGlobalObjects: true }),
      sockets,
      rawSockets,
      pages,
    },
    {
      host: config.HOST,
      port: config.PORT,
      httpsPort: config.HTTPS_PORT,
      log: deps.log,
      ...(tls === undefined ? {} : { tls }),
    },
  );
  return {
    port: gateway.port,
    ...(gateway.httpsPort === undefined ? {} : { httpsPort: gateway.httpsPort }),
    async stop() {
      isStopping = true;
      standstill.stop();
      await rawSockets.stop();
      await sockets.stop();
      await gateway.stop();
      pages.close();
      await close();
    },
  };
}
