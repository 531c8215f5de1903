import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freeUdpPort } from '../hub-agent/free-udp-port';
import { ensureServerBuilt } from '../main/build.mjs';

/** One of our programs in a process of its own, that a test can end in every way. */
export interface MatterProcess {
  readonly pid: number;
  /** All that it printed, over its restarts. */
  output(): string;
  /** As when somebody pulls the plug. */
  kill(): Promise<void>;
  /** Starts it again with the same folder and ports. */
  restart(env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

const readyMs = 180_000;

/** The bundle, brought up to date: it starts several times as fast as the sources do. */
let built: Promise<void> | undefined;

/** Starts one of our programs from the bundle and waits until it says that it is ready. */
export async function startProgram(target: string, env: Record<string, string>): Promise<MatterProcess> {
  built ??= ensureServerBuilt(process.cwd());
  await built;
  let child: ChildProcess;
  let output = '';

  async function begin(more: Record<string, string> = {}): Promise<void> {
    const started = fork('dist/main.js', [`--target=${target}`], {
      env: { ...process.env, LOG_LEVEL: 'info', ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
    });
    child = started;
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    started.stdout?.on('data', keep);
    started.stderr?.on('data', keep);
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${target} ${why}:\n${output.slice(-4_000)}`));
      const timer = setTimeout(() => fail('did not get ready'), readyMs);
      started.once('exit', () => {
        clearTimeout(timer);
        fail('ended before it was ready');
      });
      started.on('message', (message: { type?: string }) => {
        if (message.type !== 'ready') return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  await begin();
  return {
    get pid() {
      return child.pid ?? 0;
    },
    output: () => output,
    kill: () => end('SIGKILL'),
    restart: begin,
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await end('SIGTERM');
      clearTimeout(timer);
    },
  };
}

/** What the control interface shows of a virtual Matter lock. */
export interface LockView {
  bolt: string;
  actuations: number;
  qrCode: string;
  manualCode: string;
  serial: string;
  isPaired: boolean;
  users: { slot: number; name: string; pins: number; hours: string }[];
  /** What came of the last digits at the keypad. */
  lastEntry: string | null;
  isPinWaiting: boolean;
  /** A pairing waits at its last word. */
  isPairingWaiting: boolean;
}

export interface MatterLockProcess extends MatterProcess {
  readonly port: number;
  readonly folder: string;
  view(): Promise<LockView>;
  /** Does something to it; the answer is how it stands then. */
  act(action: string, body?: object): Promise<LockView>;
}

/** Starts a virtual Matter lock, new and ready to be paired. */
export async function startLockProcess(): Promise<MatterLockProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'matter-lock-'));
  const port = await freeUdpPort();
  const running = await startProgram('matter-lock', {
    MATTER_LOCK_DATA_DIR: folder,
    MATTER_LOCK_PORT: String(port),
    MATTER_LOCK_NAME: 'Test lock',
  });
  const call = async (method: string, where: string, body?: object) => {
    const control = JSON.parse(await readFile(path.join(folder, 'control.json'), 'utf8'));
    const response = await fetch(`${control.url}${where}`, {
      method,
      headers: { authorization: `Bearer ${control.secret}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${where} answered ${response.status}`);
    return response.json();
  };
  return {
    ...running,
    get pid() {
      return running.pid;
    },
    port,
    folder,
    view: async () => (await call('GET', '/')).locks[0],
    act: (action, body) => call('POST', `/lock/${action}`, body),
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface HubProcess extends MatterProcess {
  readonly folder: string;
}

/** Starts a hub that looks for locks at these ports of this machine. */
export async function startHubProcess(
  env: Record<string, string>,
  lockPorts: readonly number[],
): Promise<HubProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'matter-hub-'));
  const running = await startProgram('hub', {
    HUB_DATA_DIR: folder,
    HUB_KNOWN_ADDRESSES: lockPorts.map((port) => `127.0.0.1:${port}`).join(','),
    ...env,
  });
  return {
    ...running,
    get pid() {
      return running.pid;
    },
    folder,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
