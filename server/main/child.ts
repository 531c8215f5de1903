import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChildLog } from './child-log';
import { StartError } from './start-error';

/** What a child tells on its IPC channel. */
export type ChildMessage =
  | { type: 'ready' }
  | { type: 'demo'; lines: string[] }
  | { type: 'staff'; lines: string[] };

export interface ChildSettings {
  target: string;
  /** Program and arguments. */
  command: readonly string[];
  environment: NodeJS.ProcessEnv;
  log: ChildLog;
  onMessage?: (message: ChildMessage) => void;
  /** Called after every start and end, so that somebody can keep the list of processes. */
  onChange?: () => void;
  /** Lines for the person at the terminal. */
  say: (line: string) => void;
}

/** A process that is started again whenever it ends. */
export interface SupervisedChild {
  readonly target: string;
  readonly pid: number | undefined;
  /** Resolves when it has served for the first time. Rejects with StartError when it cannot. */
  readonly ready: Promise<void>;
  /** Ends it in order and starts it anew. */
  restart(): Promise<void>;
  /** Asks it to finish what it does, and waits until it and all it started are gone. */
  stop(): Promise<void>;
  /** Ends it and all it started at once. */
  kill(): void;
}

const backoffFirstMs = 100;
const backoffMostMs = 5_000;
const steadyMs = 30_000;
const triesBeforeReady = 3;
const readyMs = 60_000;
const drainMs = 10_000;
const lastWordsMs = 500;

function isMessage(value: unknown): value is ChildMessage {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Ends every process of a group; none left is fine. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
}

interface Running {
  process: ChildProcess;
  /** Resolves when the process has ended and its group is gone. */
  ended: Promise<string>;
}

function launch(settings: ChildSettings): Running {
  const [program = '', ...args] = settings.command;
  const child = spawn(program, args, {
    env: settings.environment,
    // A group of its own: Ctrl-C is for us, and what it starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.on('data', settings.log.out);
  child.stderr?.on('data', settings.log.err);
  child.on('message', (message: unknown) => {
    if (isMessage(message)) settings.onMessage?.(message);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      endGroup(child.pid);
      const reason = signal ?? `code ${code}`;
      // Its last words may still be in the pipes, which a process that left the group can hold open.
      child.once('close', () => resolve(reason));
      setTimeout(() => resolve(reason), lastWordsMs).unref();
    });
  });
  settings.onChange?.();
  ended.then(() => settings.onChange?.());
  return { process: child, ended };
}

/** Ends a running child: asked first, by force after 10 s. */
async function end(running: Running, isReady: boolean): Promise<void> {
  const { process: child, ended } = running;
  // Before it is ready it may not listen to us yet, and has nothing to finish.
  if (isReady && child.connected) child.send({ type: 'stop' }, () => {});
  else child.kill('SIGTERM');
  const limit = new AbortController();
  const timer = pause(drainMs, 'late', { signal: limit.signal }).catch(() => 'ended');
  const first = await Promise.race([ended, timer]);
  if (first === 'late') endGroup(child.pid);
  limit.abort();
  await ended;
}

/** Runs a child that does one thing and ends. Throws StartError when it fails. */
export async function runOnce(settings: ChildSettings, cancelled: AbortSignal): Promise<void> {
  const running = launch(settings);
  const cancel = () => endGroup(running.process.pid);
  cancelled.addEventListener('abort', cancel, { once: true });
  const reason = await running.ended;
  cancelled.removeEventListener('abort', cancel);
  if (reason !== 'code 0' && !cancelled.aborted) {
    throw new StartError(
      `${settings.target} failed (${reason}); its last words, more in ${settings.log.file}:\n${settings.log.tail()}`,
    );
  }
}

/** Starts a child and keeps it running until it is stopped. */
export function superviseChild(settings: ChildSettings): SupervisedChild {
  const { target, say } = settings;
  let running: Running | undefined;
  let isStopping = false;
  let isRestarting = false;
  let isReady = false;
  let hasServed = false;
  let endings = 0;
  let backoffMs = backoffFirstMs;
  let wake = new AbortController();
  let serve = () => {};
  let refuse = (_error: StartError) => {};
  const served = new Promise<void>((resolve, reject) => {
    serve = resolve;
    refuse = reject;
  });
  // Whoever waits sees it; nobody waiting is no fault.
  served.catch(() => {});

  const fail = (reason: string) =>
    refuse(
      new StartError(
        `${target} does not start (${reason}); its last words, more in ${settings.log.file}:\n${settings.log.tail()}`,
      ),
    );

  function onMessage(message: ChildMessage): void {
    settings.onMessage?.(message);
    if (message.type !== 'ready' || isReady) return;
    isReady = true;
    if (hasServed && endings > 0 && !isRestarting) say(`${target} is back`);
    hasServed = true;
    isRestarting = false;
    serve();
  }

  async function keep(): Promise<void> {
    while (!isStopping) {
      const startedAt = Date.now();
      isReady = false;
      running = launch({ ...settings, onMessage });
      const reason = await running.ended;
      running = undefined;
      if (isStopping) return;
      if (isRestarting) continue;
      endings++;
      if (!hasServed && endings >= triesBeforeReady) return fail(reason);
      if (Date.now() - startedAt > steadyMs) backoffMs = backoffFirstMs;
      if (hasServed) say(`${target} ended (${reason}); starting it again`);
      wake = new AbortController();
      await pause(backoffMs, undefined, { signal: wake.signal }).catch(() => {});
      backoffMs = Math.min(backoffMostMs, backoffMs * 2);
    }
  }

  const patience = setTimeout(() => fail(`not ready after ${readyMs / 1_000} s`), readyMs);
  served.then(
    () => clearTimeout(patience),
    () => clearTimeout(patience),
  );
  const done = keep();

  return {
    target,
    get pid() {
      return running?.process.pid;
    },
    ready: served,
    async restart() {
      backoffMs = backoffFirstMs;
      wake.abort();
      if (running === undefined) return;
      isRestarting = true;
      await end(running, isReady);
    },
    async stop() {
      isStopping = true;
      clearTimeout(patience);
      wake.abort();
      if (running !== undefined) await end(running, isReady);
      await done;
    },
    kill() {
      isStopping = true;
      clearTimeout(patience);
      wake.abort();
      endGroup(running?.process.pid);
    },
  };
}
