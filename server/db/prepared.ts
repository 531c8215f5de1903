import type { Database, Executor } from './client';

/** A statement made once per database handle: building SQL text on every call costs more than running it. */
export function prepared<Statement>(make: (db: Database) => Statement): (db: Database) => Statement {
  const made = new WeakMap<object, Statement>();
  return (db) => {
    let statement = made.get(db);
    if (statement === undefined) {
      statement = make(db);
      made.set(db, statement);
    }
    return statement;
  };
}

interface Runner {
  unsafe(text: string, parameters: unknown[]): PromiseLike<unknown>;
}

/**
 * Runs a statement whose text never changes, with `$1`-style parameters: for hot paths that the query builder cannot
 * prepare. The parameters are proved like all others; dates go as ISO text.
 */
export async function run<Row>(executor: Executor, text: string, parameters: unknown[]): Promise<Row[]> {
  // The database carries its client, a transaction keeps it in its session.
  const held = executor as unknown as { $client?: Runner; session?: { client: Runner } };
  const runner = held.$client ?? held.session?.client;
  if (runner === undefined) throw new Error('the executor has no client');
  return (await runner.unsafe(text, parameters)) as Row[];
}
