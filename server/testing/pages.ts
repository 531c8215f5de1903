import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { System } from './system';

/** The pages process of the built product, against the stores of a running system. */
export interface Pages {
  url: string;
  stop(): Promise<void>;
}

const needed = ['dist/main.js', '.next/BUILD_ID'];

/** Starts it on a free port. Raises one clear error when the product is not built. */
export async function startPages(system: System): Promise<Pages> {
  const missing = needed.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new Error(
      `The API is tested in both its mounts, but the product is not built: ${missing.join(' and ')} missing. ` +
        'Run `npm run build`, or set LATCHKEY_MOUNTS=gateway to test the gateway alone.',
    );
  }
  const child = fork('dist/main.js', ['--target=pages'], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      PAGES_PORT: '0',
      DATABASE_URL: system.databaseUrl,
      MQTT_URL: system.mqttUrl,
      SECRETS_KEY: system.secretsKey,
      LATCHKEY_DEMO: '0',
    },
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: { type?: string; port?: number }) => {
      if (message.type !== 'ready') return;
      if (typeof message.port === 'number') resolve(message.port);
      else reject(new Error('the built pages target does not tell its port: run `npm run build`'));
    });
    void ended.then(() => reject(new Error(`the pages target ended at once: ${errors.join('')}`)));
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.send({ type: 'stop' });
      await ended;
    },
  };
}
