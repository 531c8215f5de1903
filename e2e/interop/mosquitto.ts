import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectWire } from '@/server/testing/mqtt-wire';

export interface Mosquitto {
  /** `mqtt://127.0.0.1:<port>` */
  url: string;
  stop(): Promise<void>;
}

/** Where the broker's program is: in PATH, or where Debian puts it. Fails naming what to install. */
function findMosquitto(): string {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => path.join(folder, 'mosquitto')).find((file) => existsSync(file));
  if (found === undefined)
    throw new Error(
      'Mosquitto is not here. Install it: apt-get install mosquitto (or brew install mosquitto)',
    );
  return found;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Mosquitto on a free port of this machine, open to all; `lines` are added to its configuration. */
export async function startMosquitto(lines: readonly string[] = []): Promise<Mosquitto> {
  const program = findMosquitto();
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-mosquitto-'));
  const port = await freePort();
  const file = path.join(folder, 'mosquitto.conf');
  const settings = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'set_tcp_nodelay true', ...lines];
  await writeFile(file, `${settings.join('\n')}\n`);
  const child = spawn(program, ['-c', file], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `mqtt://127.0.0.1:${port}`;
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      const wire = await connectWire(url, { clientId: 'is-it-up' });
      await wire.end();
      break;
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    url,
    async stop() {
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
