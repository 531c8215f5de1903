import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartedSystem } from './started-system';

const root = fileURLToPath(new URL('..', import.meta.url));

interface ReadyMessage {
  ports: { PORT: number; HTTPS_PORT: number; MQTT_PORT: number };
  caFile: string;
  demoLines: string[];
}

function wordsAfter(lines: readonly string[], label: string): string {
  const line = lines.find((candidate) => candidate.startsWith(label));
  if (line === undefined) throw new Error(`the first start has not told the ${label}`);
  return line.slice(label.length).trim();
}

/** Starts the built product as `npm start` does, on free ports with empty data; Playwright calls what it returns at the end. */
export default async function startSystem(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'latchkey-e2e-'));
  const supervisor = fork(path.join(root, 'dist/main.js'), ['--target=all'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      HTTPS_PORT: '0',
      MQTT_PORT: '0',
      MQTT_TLS_PORT: '0',
      PAGES_PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      MQTT_URL: '',
      PUBLIC_URL: '',
      LATCHKEY_DEMO: '1',
      // The browsers' doors are the instant ones; Matter has tests of its own.
      LATCHKEY_DEMO_MATTER: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  supervisor.stdout?.resume();
  const ended = once(supervisor, 'exit');
  const first = await Promise.race([once(supervisor, 'message'), ended.then(() => undefined)]);
  if (first === undefined) throw new Error('the system has ended instead of starting; its words stand above');
  const { ports, caFile, demoLines } = first[0] as ReadyMessage;
  const started: StartedSystem = {
    url: `http://localhost:${ports.PORT}`,
    httpsUrl: `https://localhost:${ports.HTTPS_PORT}`,
    mqttUrl: `mqtt://127.0.0.1:${ports.MQTT_PORT}`,
    email: wordsAfter(demoLines, 'Account '),
    password: wordsAfter(demoLines, 'Password '),
    apiKey: wordsAfter(demoLines, 'API key '),
    caFile,
    dataDir,
  };
  const file = path.join(root, '.cache', `e2e-system-${process.pid}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(started), { mode: 0o600 });
  process.env.LATCHKEY_E2E_SYSTEM = file;
  const home = clusterHome(dataDir);
  return async () => {
    supervisor.kill('SIGTERM');
    await ended;
    rmSync(file, { force: true });
    await rm(dataDir, { recursive: true, force: true });
    if (home !== undefined) await rm(home, { recursive: true, force: true });
  };
}

/** Where the database lies when it could not lie in DATA_DIR. */
function clusterHome(dataDir: string): string | undefined {
  try {
    return (
      JSON.parse(readFileSync(path.join(dataDir, 'postgres/elsewhere.json'), 'utf8')) as { home: string }
    ).home;
  } catch {
    return undefined;
  }
}
