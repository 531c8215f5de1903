import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '@/drizzle/schema';
import { type Drivable, guarded, lazily, type Pending, type Work } from './driver';
import { PipelinedTransaction, type Reserved } from './transaction';
import { Turns } from './turns';

export type Schema = typeof schema;
export type Database = PostgresJsDatabase<Schema>;
/** What services write with: the database, or a transaction on it. */
export type Executor = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseHandle {
  db: Database;
  end(): Promise<void>;
}

export interface DatabaseSettings {
  url: string;
  /** Connections at most. */
  max?: number;
  applicationName: string;
}

const connectionsDefault = 10;

function makeClient(settings: DatabaseSettings, onclose: () => void) {
  return postgres(settings.url, {
    max: 1,
    connect_timeout: 5,
    max_lifetime: null,
    // No array types are used, and a look-up of types that is cut off rejects outside of every query.
    fetch_types: false,
    backoff: () => 0.2,
    onnotice: () => {},
    onclose,
    connection: {
      application_name: settings.applicationName,
      // A page by its key costs hardly more than the next one: what is asked for lies in memory or on a disk without
      // arms. The default is of disks with arms, and walks a table of a thousand rows to find one.
      random_page_cost: 1.1,
      statement_timeout: 10_000,
      lock_timeout: 5_000,
    },
    types: {
      // Idempotent on purpose: a retried prepared statement serializes its parameters twice.
      bool: {
        to: 16,
        from: [16],
        serialize: (value: unknown) => (value === true || value === 't' ? 't' : 'f'),
        parse: (value: string) => value === 't',
      },
      bytea: {
        to: 17,
        from: [17],
        serialize: (value: unknown) =>
          typeof value === 'string' ? value : `\\x${(value as Buffer).toString('hex')}`,
        parse: (value: string) => Buffer.from(value.slice(2), 'hex'),
      },
    },
  });
}
type Client = ReturnType<typeof makeClient>;

/** A client of one connection and who waits for its answers. */
interface Connection {
  client: Client;
  waiting: Set<(lost: Error) => void>;
  /** It has answered once. Before that postgres.js 3.4.9 cannot reserve it: with no types to look up it never says so. */
  isOpen: boolean;
  isGone: boolean;
  /** Called when nobody waits any more. */
  onIdle: (() => void) | undefined;
}

class LostError extends Error {
  override name = 'LostError';
  readonly code = 'CONNECTION_CLOSED';
}

/** Work on a connection, that fails at the latest with it: what postgres.js 3.4.9 had begun on it may never settle. */
const answered = <Value>(connection: Connection, work: (client: Client) => PromiseLike<Value>) =>
  new Promise<Value>((resolve, reject) => {
    const { client, waiting } = connection;
    waiting.add(reject);
    const settle = () => {
      waiting.delete(reject);
      if (waiting.size === 0) connection.onIdle?.();
    };
    const open = (value: Value) => {
      connection.isOpen = true;
      resolve(value);
    };
    try {
      work(client).then(open, reject).then(settle);
    } catch (error) {
      settle();
      reject(error);
    }
  });

/** How long a connection that is closed may take to end what was begun on it, milliseconds; the rest is lost. */
const endingMs = 3_000;

/** Resolves when nobody waits for this connection any more, or cannot hope to. */
async function idle(connection: Connection): Promise<void> {
  if (connection.isGone || connection.waiting.size === 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, endingMs);
    connection.onIdle = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Lets a connection end what it can within three seconds; the rest is lost. */
async function closeConnection(connection: Connection): Promise<void> {
  const { client, waiting } = connection;
  // Before the driver is told: it does not end a connection that is reserved.
  await idle(connection);
  await client.end({ timeout: waiting.size === 0 ? endingMs / 1_000 : 0 }).catch(() => {});
  for (const reject of waiting) reject(new LostError('the connection was closed before an answer came'));
  waiting.clear();
}

/** Runs a transaction on a connection that nobody else uses meanwhile; `onStuck` when it is no good afterwards. */
async function transactOn(connection: Connection, work: Work, onStuck: () => void): Promise<unknown> {
  const { client } = connection;
  if (!connection.isOpen) await client.unsafe('select 1');
  const reserved = (await client.reserve()) as unknown as Reserved;
  const transaction = new PipelinedTransaction(reserved, () => {
    if (connection.isGone) throw new LostError('the connection is gone');
  });
  try {
    return await transaction.run(work);
  } finally {
    if (transaction.isOver && !connection.isGone) reserved.release();
    else onStuck();
  }
}

/** One connection, made when it is first needed. */
class Line {
  #hasEnded = false;
  #current: Connection;

  constructor(
    private readonly settings: DatabaseSettings,
    private readonly onLost: () => void,
  ) {
    this.#current = this.#open();
  }

  /** The driver's options, the same for all. */
  get options() {
    return this.#current.client.options;
  }

  ask<Value>(work: (driver: Drivable) => PromiseLike<Value>): Promise<Value> {
    return answered(this.#current, (client) => work(client as unknown as Drivable));
  }

  transact(work: Work): Promise<unknown> {
    const connection = this.#current;
    return answered(connection, () => transactOn(connection, work, () => this.#lose(connection)));
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    await closeConnection(this.#current);
  }

  /** Takes a new connection from now on; what was begun on the old one may end there. */
  renew(): void {
    const old = this.#current;
    this.#current = this.#open();
    void closeConnection(old);
  }

  #lose(connection: Connection): void {
    if (!this.#hasEnded && this.#current === connection) this.onLost();
  }

  #open(): Connection {
    const client = makeClient(this.settings, () => {
      connection.isGone = true;
      this.#lose(connection);
    });
    const connection: Connection = {
      client,
      waiting: new Set(),
      isOpen: false,
      isGone: false,
      onIdle: undefined,
    };
    // Takes the driver's own date and JSON handling off, as it does for the facade below.
    drizzle(client);
    return connection;
  }
}

/**
 * Opens a pool. Nothing connects before the first query. When one connection is lost all are replaced: the others will
 * hardly be better, and one of postgres.js 3.4.9 that was cut off with bytes still to be written never writes again.
 */
export function openDatabase(settings: DatabaseSettings): DatabaseHandle {
  const renew = () => {
    for (const line of lines) line.renew();
  };
  const lines = Array.from({ length: settings.max ?? connectionsDefault }, () => new Line(settings, renew));
  // Never more work than connections, so that nothing is pipelined. When a table changes, postgres.js 3.4.9 prepares
  // again in the middle of a pipeline and loses count of whose answer is whose; and a transaction that begins in a full
  // pipeline gets no connection of its own. The driver's own pool would take its connections in turn, all of them cold.
  const turns = new Turns(lines);
  const facade = {
    options: lines[0]?.options,
    unsafe: (query: string, parameters?: unknown[], options?: object) =>
      lazily((read) =>
        turns.run((line) =>
          line.ask((driver) => read(guarded(driver, driver.unsafe)(query, parameters, options) as Pending)),
        ),
      ),
    begin: (...args: (string | Work)[]) => turns.run((line) => line.transact(args.at(-1) as Work)),
  };
  const db = drizzle(facade as unknown as Client, { schema });
  return {
    db,
    async end() {
      await Promise.all(lines.map((line) => line.end()));
    },
  };
}
