import type { MatterLock } from '../matter/face';

/** Asks a lock how it stands, until it answers and keeps up its subscription again. */
export interface Asking {
  /** Asks at once. */
  now(): void;
  /** Asks in a moment: the lock has just been silent. */
  soon(): void;
  stop(): void;
}

const askMs = 3_000;
/** A silent lock is asked again after the first of these, then ever more rarely. */
const askAgainMs = [1_000, 15_000] as const;

/** `onAnswer` is told of each answer, and of each silence. */
export function keepAsking({
  lock,
  onAnswer,
}: {
  lock: () => MatterLock | undefined;
  onAnswer: (isHeard: boolean) => void;
}): Asking {
  let isAsking = false;
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs: number = askAgainMs[0];

  async function ask(): Promise<void> {
    const asked = lock();
    if (isAsking || hasEnded || asked === undefined) return;
    isAsking = true;
    clearTimeout(timer);
    const answer = await asked.ask(askMs).catch(() => undefined);
    isAsking = false;
    if (hasEnded || lock() !== asked) return;
    onAnswer(answer !== undefined);
    if (answer !== undefined && asked.isReachable) pauseMs = askAgainMs[0];
    else later();
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, pauseMs);
    pauseMs = Math.min(askAgainMs[1], pauseMs * 2);
  }

  return {
    now() {
      pauseMs = askAgainMs[0];
      void ask();
    },
    soon() {
      pauseMs = askAgainMs[0];
      later();
    },
    stop() {
      hasEnded = true;
      clearTimeout(timer);
    },
  };
}
