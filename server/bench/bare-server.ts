import path from 'node:path';
import { type Child, startChild } from './children';

/** Connections to the database, as many as the gateway has. */
const poolSize = 20;

/** Starts the yardstick: Fastify and prepared SQL in a process of its own, its port in `ready`. */
export const startBareServer = (databaseUrl: string): Promise<Child> =>
  startChild({
    name: 'the bare server',
    program: path.resolve('server/bench/bare-server.mjs'),
    args: [],
    env: { NODE_ENV: 'production', DATABASE_URL: databaseUrl, POOL_SIZE: String(poolSize) },
  });
