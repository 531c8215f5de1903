import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of the system under test. */
export interface Child {
  readonly pid: number;
  /** What it said along with being ready. */
  readonly ready: Readonly<Record<string, unknown>> & { port?: number };
  stop(): Promise<void>;
}

export interface ChildSettings {
  name: string;
  program: string;
  args: readonly string[];
  /** Flags of Node. */
  flags?: readonly string[];
  env: Record<string, string>;
  /** How long it may take to be ready. */
  readyMs?: number;
}

const usualReadyMs = 30_000;
const stopMs = 10_000;

/** Starts a program and waits until it says `{type: 'ready'}`. Throws with the end of its output when it does not. */
export async function startChild({
  name,
  program,
  args,
  flags = [],
  env,
  readyMs = usualReadyMs,
}: ChildSettings): Promise<Child> {
  const child: ChildProcess = fork(program, args, {
    env: { ...process.env, ...env },
    execArgv: [...flags],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = once(child, 'exit');

  async function stop(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    if (child.connected) child.send({ type: 'stop' }, () => {});
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await exited;
    clearTimeout(timer);
  }

  const ready = await new Promise<Child['ready']>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${name} ${why}:\n${output.trimEnd()}`));
    const timer = setTimeout(() => fail('did not get ready'), readyMs);
    child.on('message', (message: { type?: string; port?: number }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve(message);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      fail('ended before it was ready');
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { pid: child.pid ?? 0, ready, stop };
}
