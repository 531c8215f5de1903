import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectWire } from '@/server/testing/mqtt-wire';

export interface OpenMosquitto {
  /** `mqtt://127.0.0.1:<port>` */
  url: string;
  stop(): Promise<void>;
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
export async function startOpenMosquitto(lines: readonly string[] = []): Promise<OpenMosquitto> {
  const program = process.env.MOSQUITTO_PATH;
  if (program === undefined) throw new Error('MOSQUITTO_PATH names no program; use npm run test:interop');
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-mosquitto-'));
  const port = await freePort();
  const file = path.join(folder, 'mosquitto.conf');
  const settings = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'set_tcp_nodelay true', ...lines];
  await writeFile(file, `${settings.join('\n')}\n`);
  const child = spawn(program, ['-c', file], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `mqtt://127.0.0.1:${port}`;
  const deadline = Date.now() + 30_000;
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
