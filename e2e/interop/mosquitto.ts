import { spawn } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureCertificates } from '@/server/embedded/certificates';
import { until } from '@/server/testing/until';

/** A Mosquitto with the settings and the ACL that we ship for it. */
export interface Mosquitto {
  /** With the account of our services in it. */
  url: string;
  tlsPort: number;
  caFile: string;
  /** Where things' certificates of this authority are taken. Call before `start`. */
  start(clientsFile: string): Promise<void>;
  stop(): Promise<void>;
}

const examples = 'server/embedded/acl-examples';
const shippedFolder = '/etc/mosquitto/latchkey';

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
}

/** A line of Mosquitto's password file, as mosquitto_passwd writes it. */
function passwordLine(user: string, password: string): string {
  const [salt, iterations] = [randomBytes(12), 101];
  const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512');
  return `${user}:$7$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}\n`;
}

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Prepares a Mosquitto (`MOSQUITTO_PATH`) on free ports of loopback, in a folder of its own. */
export async function prepareMosquitto(): Promise<Mosquitto> {
  const program = process.env.MOSQUITTO_PATH;
  if (program === undefined) throw new Error('MOSQUITTO_PATH names no program; use npm run test:interop');
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-mosquitto-'));
  const [port = 0, tlsPort = 0] = await freePorts(2);
  const password = randomBytes(16).toString('hex');
  const server = await ensureCertificates({ dataDir: folder, hosts: [] });
  const inFolder = (name: string) => path.join(folder, name);
  await copyFile(server.certFile, inFolder('server.pem'));
  await copyFile(server.keyFile, inFolder('server.key'));
  await copyFile(path.join(examples, 'mosquitto.acl'), inFolder('mosquitto.acl'));
  await writeFile(inFolder('passwords'), passwordLine('latchkey', password));
  const shipped = await readFile(path.join(examples, 'mosquitto.conf'), 'utf8');
  const config = shipped
    .replaceAll(shippedFolder, folder)
    .replace('listener 1883 127.0.0.1', `listener ${port} 127.0.0.1`)
    .replace('listener 8883', `listener ${tlsPort} 127.0.0.1`);
  const isRoot = process.getuid?.() === 0;
  await writeFile(inFolder('mosquitto.conf'), `${isRoot ? 'user root\n' : ''}${config}`);

  let stopped: Promise<unknown> | undefined;
  let end = () => {};
  return {
    url: `mqtt://latchkey:${password}@127.0.0.1:${port}`,
    tlsPort,
    caFile: server.caFile,
    async start(clientsFile) {
      await copyFile(clientsFile, inFolder('clients.pem'));
      const child = spawn(program, ['-c', inFolder('mosquitto.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString();
        });
      stopped = new Promise((resolve) => child.once('close', resolve));
      end = () => void child.kill();
      await until(async () => {
        if (child.exitCode !== null) throw new Error(`Mosquitto has ended: ${said}`);
        return (await isOpen(port)) && (await isOpen(tlsPort));
      });
    },
    async stop() {
      end();
      await stopped;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
