/** Runs work of one key in order, of different keys side by side. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  run(key: string, work: () => Promise<void>): Promise<void> {
    const tail = (this.#tails.get(key) ?? Promise.resolve()).then(work, work);
    this.#tails.set(key, tail);
    const forget = () => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    };
    tail.then(forget, forget);
    return tail;
  }
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#tails.values()]);
  }
}
