/** Does something in a task of its own, so that it does not make the one at hand longer. Returns how to let it be. */
export function inOwnTask(act: () => void): () => void {
  const timer = setTimeout(act);
  return () => clearTimeout(timer);
}

/** Does something once the browser has nothing to do for the page, a second later at most. Returns how to let it be. */
export function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') return inOwnTask(act);
  const handle = requestIdleCallback(act, { timeout: 1_000 });
  return () => cancelIdleCallback(handle);
}
