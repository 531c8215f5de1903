const againMs = 5_000;

/** Calls back once, when the network is back or some seconds have passed; returns the way not to. */
export function soonAgain(run: () => void): () => void {
  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener('online', again);
  };
  const again = () => {
    stop();
    run();
  };
  const timer = setTimeout(again, againMs);
  window.addEventListener('online', again);
  return stop;
}

/**
 * Asks for a script until it is there. For parts that stand beside what a page is for: one that is missing leaves its place
 * as it was, and takes nothing else away.
 */
export async function patiently<Found>(load: () => Promise<Found>): Promise<Found> {
  try {
    return await load();
  } catch (error) {
    if (typeof window === 'undefined') throw error;
    await new Promise<void>((resolve) => soonAgain(resolve));
    return patiently(load);
  }
}
