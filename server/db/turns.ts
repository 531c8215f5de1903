/**
 * Hands out places, each to one piece of work at a time; where none is free, work waits in the order in which it came.
 * What was used last is handed out first: it is the one whose caches are warm, at both ends.
 */
export class Turns<Place> {
  readonly #free: Place[];
  readonly #waiting: ((place: Place) => void)[] = [];

  constructor(places: readonly Place[]) {
    this.#free = [...places];
  }

  async run<Value>(work: (place: Place) => Value | PromiseLike<Value>): Promise<Value> {
    const place = this.#free.pop() ?? (await new Promise<Place>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(place);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(place);
      else next(place);
    }
  }
}
