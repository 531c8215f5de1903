/** How long work waits for more of its kind; past it the wait costs more than sharing saves. */
const patienceMs = 1;

/**
 * Decides how long a batch gathers. Alone, nothing waits. Where the last batch was of several, the next one waits until
 * as many have come, or a millisecond: under load the cost of a commit is shared, without load nobody notices.
 */
export class Companions {
  #expected = 1;
  #onFull: (() => void) | undefined;

  /** One more has come; `count` are waiting now. */
  came(count: number): void {
    if (count >= this.#expected) this.#onFull?.();
  }

  /** Resolves when a batch should go; `count` are waiting already. */
  async wait(count: number): Promise<void> {
    if (count < this.#expected) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        this.#onFull = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#onFull = undefined;
    }
    // Lets everything that has arrived with the last one join it.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** A batch of so many has gone. */
  went(count: number): void {
    this.#expected = count;
  }
}
