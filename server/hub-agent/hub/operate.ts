import { type LockOperation, type LockReading, MatterFailure, type MatterLock } from '../matter/face';

export type Outcome =
  | { state: 'succeeded'; invokeMs: number }
  | { state: 'failed'; error: string; invokeMs?: number };

/** Whether the lock did not answer, or went away in the middle. */
export const isSilence = (outcome: Outcome): boolean =>
  outcome.state === 'failed' && (outcome.error === 'LOCK_UNREACHABLE' || outcome.error === 'LOCK_RESTARTED');

/** The bolt is to be seen where it was wanted within this time of the lock's own "yes" (matter-hub 5). */
const seenWithinMs = 3_000;
const askMs = 1_500;

const isThere = ({ lockState }: LockReading, operation: LockOperation): boolean =>
  operation === 'lock' ? lockState === 'LOCKED' : lockState === 'UNLOCKED' || lockState === 'UNLATCHED';

/**
 * Carries out an operation and sees it through: a lock says yes before its bolt has moved, and also when it jams a moment
 * later (matter-hub 5). Nothing of it is sent after `withinMs`. Never throws.
 */
export async function operateAndSee(
  lock: MatterLock,
  operation: LockOperation,
  { pin, withinMs }: { pin?: string; withinMs: number },
): Promise<Outcome> {
  const startedAt = performance.now();
  let invokeMs: number | undefined;
  let settle: (outcome: 'there' | 'jammed' | 'late') => void = () => {};
  const seen = new Promise<'there' | 'jammed' | 'late'>((resolve) => {
    settle = resolve;
  });
  // Heard from the start: the alarm of a jam may overtake the answer.
  let isJammed = false;
  const off = lock.on((news) => {
    if (news.type === 'alarm' && news.alarm === 'LOCK_JAMMED') isJammed = true;
    if (invokeMs === undefined) return;
    if (isJammed) settle('jammed');
    else if (news.type === 'changed' && isThere(lock.reading(), operation)) settle('there');
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await lock.operate(operation, { ...(pin === undefined ? {} : { pin }), withinMs });
    invokeMs = Math.round(performance.now() - startedAt);
    if (isJammed) return { state: 'failed', error: 'JAMMED', invokeMs };
    timer = setTimeout(() => settle('late'), seenWithinMs);
    // What it says when asked is news at once; its own report comes some tens of milliseconds later.
    const first = await lock.ask(askMs).catch(() => undefined);
    if (!isJammed && first !== undefined && isThere(first, operation)) settle('there');
    const outcome = await seen;
    if (outcome === 'there') return { state: 'succeeded', invokeMs };
    if (outcome === 'jammed') return { state: 'failed', error: 'JAMMED', invokeMs };
    const last = await lock.ask(askMs);
    if (isThere(last, operation)) return { state: 'succeeded', invokeMs };
    const error = last.lockState === 'NOT_FULLY_LOCKED' ? 'JAMMED' : 'NOT_CONFIRMED';
    return { state: 'failed', error, invokeMs };
  } catch (error) {
    const code = error instanceof MatterFailure ? error.code : 'HUB_FAILED';
    // It had said yes before it fell silent: how the bolt stands is unknown until it is read.
    if (invokeMs !== undefined) return { state: 'failed', error: 'LOCK_RESTARTED', invokeMs };
    return { state: 'failed', error: code };
  } finally {
    clearTimeout(timer);
    off();
  }
}
