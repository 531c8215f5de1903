import postgres from 'postgres';
import type { Begin, Drivable, Pending, Unsafe, Work } from './driver';
import { guarded, isLost, lazily } from './driver';
import { databaseCode } from './errors';

/** A connection of the driver that nobody else uses for now. */
export interface Reserved extends Drivable {
  release(): void;
}

/** Statements of a transaction, or of a savepoint in it; the first that failed decides about all of them. */
class Scope implements Drivable {
  #failed: unknown;

  constructor(private readonly transaction: PipelinedTransaction) {}

  readonly unsafe: Unsafe = (query, parameters, options) =>
    lazily(async (read) => {
      try {
        return await read(this.transaction.ask(query, parameters, options));
      } catch (error) {
        this.#failed ??= error;
        throw error;
      }
    });

  readonly savepoint: Begin = async (...args) => {
    const name = this.transaction.nextName();
    const made = this.transaction.command(`savepoint ${name}`);
    const inner = new Scope(this.transaction);
    const value = await inner.run(args.at(-1) as Work, () => this.transaction.command(`rollback to ${name}`));
    await made;
    return value;
  };

  /** Does the work; where something failed, takes it back and throws what failed first. */
  async run(work: Work, takeBack: () => Promise<unknown>): Promise<unknown> {
    try {
      const value = await work(this);
      if (this.#failed !== undefined) throw this.#failed;
      return value;
    } catch (error) {
      await takeBack().catch(() => {});
      throw databaseCode(error) === '25P02' && this.#failed !== undefined ? this.#failed : error;
    }
  }
}

/**
 * A transaction on a connection of its own. Its beginning is sent together with its first statement, which saves a round
 * trip; the driver's `begin` would wait. Once the connection is gone nothing is asked any more: it would be asked outside
 * of the transaction. `requireConnection` throws then.
 */
export class PipelinedTransaction {
  #savepoints = 0;
  #isEnding = false;
  #isOver = false;

  constructor(
    private readonly connection: Reserved,
    private readonly requireConnection: () => void,
  ) {}

  /** PostgreSQL has said that it ended: the connection may be used for something else. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Begins, does the work and commits; rolls back and throws where the work or a statement failed. */
  async run(work: Work): Promise<unknown> {
    const begun = this.command('begin');
    const whole = async (scope: Drivable) => {
      const value = await work(scope);
      await begun;
      return value;
    };
    const value = await new Scope(this).run(whole, () => this.#end('rollback'));
    // PostgreSQL takes a transaction back in which a statement has failed that nobody waited for.
    if ((await this.#end('commit')) !== 'COMMIT') throw new Error('the transaction was taken back');
    return value;
  }

  ask(query: string, parameters?: unknown[], options?: object): Pending {
    this.requireConnection();
    // Whoever still asks was not waited for, and would be answered outside of the transaction.
    if (this.#isEnding) throw new Error('the transaction has ended');
    return guarded(this.connection, this.connection.unsafe)(query, parameters, options) as Pending;
  }

  /** Sends a command now; whoever does not wait for its answer hears of a failure from the next statement. */
  command(text: string): Promise<unknown> {
    const send = async () => {
      this.requireConnection();
      return (await this.connection.unsafe(text)) as unknown;
    };
    const answer = send();
    answer.catch(() => {});
    return answer;
  }

  nextName(): string {
    this.#savepoints += 1;
    return `s${this.#savepoints}`;
  }

  async #end(text: 'commit' | 'rollback'): Promise<string | undefined> {
    this.#isEnding = true;
    try {
      const { command } = (await this.command(text)) as { command?: string };
      this.#isOver = true;
      return command;
    } catch (error) {
      // What PostgreSQL refuses is over as well; of anything else nobody knows.
      this.#isOver = error instanceof postgres.PostgresError && !isLost(error);
      throw error;
    }
  }
}
