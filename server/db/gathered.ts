import type { Database } from './client';
import { Companions } from './companions';

/** What rows are found by: a hash, a uuid as text, or a number. */
export type GatherKey = Buffer | string | number;

/** One element of an array literal; tells keys apart as well. */
const elementOf = (key: GatherKey): string =>
  Buffer.isBuffer(key) ? `"\\\\x${key.toString('hex')}"` : String(key);

interface Wanted<Row> {
  element: string;
  settle(row: Row | undefined): void;
  fail(error: unknown): void;
}

const batchMost = 200;

class Gatherer<Row> {
  #wanted: Wanted<Row>[] = [];
  #isAsking = false;
  readonly #companions = new Companions();

  constructor(private readonly ask: (keys: string) => Promise<readonly { key: GatherKey; row: Row }[]>) {}

  find(key: GatherKey): Promise<Row | undefined> {
    return new Promise((settle, fail) => {
      this.#wanted.push({ element: elementOf(key), settle, fail });
      this.#companions.came(this.#wanted.length);
      if (!this.#isAsking) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isAsking = true;
    while (this.#wanted.length > 0) {
      await this.#companions.wait(this.#wanted.length);
      const batch = this.#wanted.splice(0, batchMost);
      this.#companions.went(batch.length);
      await this.#answer(batch);
    }
    this.#isAsking = false;
  }

  async #answer(batch: readonly Wanted<Row>[]): Promise<void> {
    try {
      const found = await this.ask(`{${batch.map(({ element }) => element).join(',')}}`);
      const rows = new Map(found.map(({ key, row }) => [elementOf(key), row]));
      for (const { element, settle } of batch) settle(rows.get(element));
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }
}

/**
 * Look-ups of a row by its key: those that requests make at the same moment are asked as one question, so that
 * each still sees the database as it is and the cost of a round trip is shared. `ask` gets an array literal for
 * `any($1::bytea[])` or of the type of the keys; texts among them must be uuids, they are not quoted. Undefined for a
 * key that has no row.
 */
export function gathered<Row, Key extends GatherKey = Buffer>(
  ask: (db: Database, keys: string) => Promise<readonly { key: Key; row: Row }[]>,
): (db: Database, key: Key) => Promise<Row | undefined> {
  const gatherers = new WeakMap<object, Gatherer<Row>>();
  return (db, key) => {
    let gatherer = gatherers.get(db);
    if (gatherer === undefined) {
      gatherer = new Gatherer((keys) => ask(db, keys));
      gatherers.set(db, gatherer);
    }
    return gatherer.find(key);
  };
}
