import type { PinState } from './pin';

/** What the rules look at of a code. */
export interface PinFacts {
  state: PinState;
  slot: number | null;
  isClosed: boolean;
}

/** And of the command that was given about it. */
export interface PinCommandFacts {
  kind: 'set-pin' | 'clear-pin';
  /** `failed`: it was given up; the lock may have done it all the same. */
  status: 'queued' | 'sent' | 'done' | 'failed';
  slot: number | null;
  attempts: number;
}

export type PinOutcome = { isDone: true; slot?: number | undefined } | { isDone: false; error: string };

export interface PinDecision {
  status: 'done' | 'failed';
  pin: { state?: PinState; slot?: number | null; error?: string | null; isClosed?: boolean };
  /** What the command wanted is what the lock has now. */
  isSet?: true;
  /** The place is to be cleared (again), after so long. */
  clear?: { slot: number | null; attempts: number; delayMs: number };
  /** A place that a code was given unknown to us, and that nobody would ever clear. */
  stray?: number;
}

const firstDelayMs = 5_000;
const longestDelayMs = 60_000;
/** Out of reach: nothing is tried until the lock answers, and then at once. */
const unreachable = 'LOCK_UNREACHABLE';

const clearAgain = (slot: number | null, attempts: number, error: string): PinDecision['clear'] => ({
  slot,
  attempts,
  delayMs:
    error === unreachable && attempts === 1
      ? 0
      : Math.min(firstDelayMs * 2 ** Math.min(attempts - 1, 10), longestDelayMs),
});

function decideSet(
  pin: PinFacts,
  command: PinCommandFacts,
  outcome: PinOutcome,
): Omit<PinDecision, 'status'> {
  const isGoing = pin.state === 'removing' || pin.isClosed;
  if (!outcome.isDone) {
    if (pin.isClosed) return { pin: {} };
    if (!isGoing) {
      // A change that failed leaves the code as it was before.
      return { pin: { state: pin.slot === null ? 'failed' : 'set', error: outcome.error } };
    }
    return pin.slot === null
      ? { pin: { isClosed: true } }
      : { pin: {}, clear: { slot: pin.slot, attempts: 0, delayMs: 0 } };
  }
  const slot = outcome.slot ?? command.slot;
  const stray = pin.slot !== null && pin.slot !== slot ? { stray: pin.slot } : {};
  if (isGoing)
    return {
      pin: { state: 'removing', slot, isClosed: false },
      clear: { slot, attempts: 0, delayMs: 0 },
      ...stray,
    };
  // Given up, done after all, and tried again meanwhile: what comes of the new try decides.
  if (command.status === 'failed' && pin.state === 'pending') return { pin: { slot }, ...stray };
  return { pin: { state: 'set', slot, error: null }, isSet: true, ...stray };
}

/** What the end of a command means for its code; undefined: nothing that is not known already. */
export function decidePinOutcome(
  pin: PinFacts,
  command: PinCommandFacts,
  outcome: PinOutcome,
): PinDecision | undefined {
  if (command.status === 'done' || (command.status === 'failed' && !outcome.isDone)) return undefined;
  const status = outcome.isDone ? 'done' : 'failed';
  if (command.kind === 'set-pin') return { status, ...decideSet(pin, command, outcome) };
  if (outcome.isDone) return { status, pin: { isClosed: true, slot: null, error: null } };
  if (pin.isClosed) return { status, pin: {} };
  return {
    status,
    pin: { error: outcome.error },
    clear: clearAgain(command.slot, command.attempts, outcome.error),
  };
}

/** A code and its commands as the queue of a lock sees them. */
export interface Waiting {
  kind: 'set-pin' | 'clear-pin';
  dueAt: Date;
}

/**
 * The place in the queue (oldest first) of the command that is to be sent next; -1: none. Removals wait for a lock that
 * answers, since nothing is lost by waiting; who sets a code is told soon that it does not.
 */
export const nextInTurn = (queue: readonly Waiting[], reachable: boolean | null, now: Date): number =>
  queue.findIndex(({ kind, dueAt }) => dueAt <= now && (kind === 'set-pin' || reachable !== false));
