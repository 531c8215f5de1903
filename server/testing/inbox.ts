const patienceMs = 30_000;

/** What has arrived, in order, for a test that awaits it one by one. */
export class Inbox<Item> {
  readonly #items: Item[] = [];
  #wake: (() => void) | undefined;

  put(item: Item): void {
    this.#items.push(item);
    this.#wake?.();
  }

  /** The next one; throws when none comes. */
  async next(): Promise<Item> {
    if (this.#items.length === 0) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        timer = setTimeout(() => reject(new Error('nothing more has come')), patienceMs);
      });
      clearTimeout(timer);
    }
    return this.#items.shift() as Item;
  }

  async take(count: number): Promise<Item[]> {
    const items: Item[] = [];
    while (items.length < count) items.push(await this.next());
    return items;
  }

  get size(): number {
    return this.#items.length;
  }
}
