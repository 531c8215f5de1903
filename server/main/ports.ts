import { createServer, type Server } from 'node:net';
import type { Config } from '../config';
import { StartError } from './start-error';

const publicNames = ['PORT', 'HTTPS_PORT', 'MQTT_PORT', 'MQTT_TLS_PORT'] as const;

/** Ports of a system: four that the world sees and the loopback one of the pages. */
export type Ports = Record<(typeof publicNames)[number] | 'PAGES_PORT', number>;

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

const portOf = (server: Server) => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

function explain(name: string, port: number, host: string, error: NodeJS.ErrnoException): StartError {
  const other = `start with another one, for example ${name}=${port < 1024 ? port + 8000 : port + 1} npm start`;
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} (${name}) is taken by another program. Stop that program, or ${other}.`,
    );
  }
  if (error.code === 'EACCES')
    return new StartError(`Port ${port} (${name}) is not allowed for this user; ${other}.`);
  if (error.code === 'EADDRNOTAVAIL') return new StartError(`HOST=${host} is no address of this machine.`);
  return new StartError(`Port ${port} (${name}) cannot be used: ${error.message}.`);
}

/**
 * Proves that every port is free, and chooses one for each that is 0. Throws StartError naming the port and its
 * variable.
 */
export async function choosePorts(config: Config): Promise<Ports> {
  const chosen: Partial<Ports> = {};
  const held: Server[] = [];
  try {
    for (const name of [...publicNames, 'PAGES_PORT'] as const) {
      const host = name === 'PAGES_PORT' ? '127.0.0.1' : config.HOST;
      const twin = publicNames.find((other) => config[name] !== 0 && chosen[other] === config[name]);
      if (twin !== undefined)
        throw new StartError(`${name} and ${twin} are both ${config[name]}; each needs its own.`);
      try {
        // All are held until the last is chosen, so that no number is given twice.
        const server = await listen(config[name], host);
        held.push(server);
        chosen[name] = portOf(server);
      } catch (error) {
        throw explain(name, config[name], host, error as NodeJS.ErrnoException);
      }
    }
    return chosen as Ports;
  } finally {
    await Promise.all(held.map(close));
  }
}
