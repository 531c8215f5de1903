export interface Repeated {
  /** No turn begins any more; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/** Does something every so often, one turn at a time; `turn` raises nothing. */
export function repeat(everyMs: number, turn: () => Promise<void>): Repeated {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= turn().finally(() => {
      running = undefined;
    });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
