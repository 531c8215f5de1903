import { parentOf } from '../embedded/process-identity.mjs';

const doubleSignalMs = 1_000;
const parentCheckMs = 200;

export interface StopSignals {
  /** Resolves at the first signal to stop. */
  stopped: Promise<void>;
  off(): void;
}

/**
 * npm and the shell it starts us through. A kill of npm ends the shell, which tells us nothing: we would run on, and
 * nobody would know where.
 */
function launchers(): number[] {
  if (process.env.npm_lifecycle_event === undefined) return [];
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  return grandparent === undefined || grandparent <= 1 ? [parent] : [parent, grandparent];
}

/** Listens for what asks us to stop: signals, and the end of the npm that has started us. A second signal calls `onForce`. */
export function listenForStop(onForce: () => void): StopSignals {
  let firstAt: number | undefined;
  let resolveStopped = () => {};
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });
  const onSignal = () => {
    firstAt ??= Date.now();
    resolveStopped();
    // npm passes a signal on that the terminal has sent us already.
    if (Date.now() - firstAt > doubleSignalMs) onForce();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);

  const [parent, grandparent] = launchers();
  const isOrphaned = () =>
    parent !== undefined &&
    (process.ppid !== parent || (grandparent !== undefined && parentOf(parent) !== grandparent));
  const timer =
    parent === undefined ? undefined : setInterval(() => isOrphaned() && resolveStopped(), parentCheckMs);
  timer?.unref();
  return {
    stopped,
    off() {
      clearInterval(timer);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
