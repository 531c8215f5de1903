import type { Database } from './client';
import { Companions } from './companions';

interface Wanted<Row> {
  key: Buffer;
  settle(row: Row | undefined): void;
  fail(error: unknown): void;
}

const batchMost = 200;

class Gatherer<Row> {
  #wanted: Wanted<Row>[] = [];
  #isAsking = false;
  readonly #companions = new Companions();

  constructor(private readonly ask: (keys: string) => Promise<readonly { key: Buffer; row: Row }[]>) {}

  find(key: Buffer): Promise<Row | undefined> {
    return new Promise((settle, fail) => {
      this.#wanted.push({ key, settle, fail });
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
      const found = await this.ask(`{${batch.map(({ key }) => `"\\\\x${key.toString('hex')}"`).join(',')}}`);
      const rows = new Map(found.map(({ key, row }) => [key.toString('latin1'), row]));
      for (const { key, settle } of batch) settle(rows.get(key.toString('latin1')));
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }
}

/**
 * Look-ups of a row by a binary key: those that requests make at the same moment are asked as one question, so that
 * each still sees the database as it is and the cost of a round trip is shared. `ask` gets an array literal for
 * `any($1::bytea[])`. Undefined for a key that has no row.
 */
export function gathered<Row>(
  ask: (db: Database, keys: string) => Promise<readonly { key: Buffer; row: Row }[]>,
): (db: Database, key: Buffer) => Promise<Row | undefined> {
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
