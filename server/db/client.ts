import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '@/drizzle/schema';
import { databaseCode } from './errors';
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

/** Raised before a query reaches the driver: the parameter could desynchronise its connection. */
export class BadParameterError extends Error {
  override name = 'BadParameterError';
}

/**
 * postgres.js 3.4.9 leaves a connection out of step when a serializer throws, so every parameter is proved to be of a
 * kind that cannot throw before the driver sees it.
 */
export function checkParameter(value: unknown): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return;
  if (typeof value === 'string') {
    if (value.includes('\u0000')) throw new BadParameterError('text with NUL cannot be stored');
    return;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Buffer.isBuffer(value)) return;
  throw new BadParameterError(`a ${value instanceof Date ? 'Date' : typeof value} is no query parameter`);
}

type Unsafe = (query: string, parameters?: unknown[], options?: object) => unknown;
type Work = (inner: Drivable) => unknown;
type Begin = (...args: (string | Work)[]) => Promise<unknown>;
interface Drivable {
  unsafe: Unsafe;
  begin?: Begin;
  savepoint?: Begin;
}

/** A query of the driver: asked when somebody waits for it, for rows as objects or as arrays. */
interface Pending extends PromiseLike<unknown> {
  values(): PromiseLike<unknown>;
}

function lazily(ask: () => Promise<unknown>, askValues: () => Promise<unknown>): Pending {
  let asked: Promise<unknown> | undefined;
  return {
    // biome-ignore lint/suspicious/noThenProperty: the face of the driver's own lazy query
    then: (onRows, onError) => {
      asked ??= ask();
      return asked.then(onRows, onError);
    },
    values: askValues,
  };
}

const lostCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
]);
const isLost = (error: unknown): boolean => {
  const code = databaseCode(error);
  return code !== undefined && lostCodes.has(code);
};

/** Proves parameters before the driver sees them; statements are prepared, which saves a round trip. */
const guarded =
  (driver: Drivable, unsafe: Unsafe): Unsafe =>
  (query, parameters = [], options = {}) => {
    for (const parameter of parameters) checkParameter(parameter);
    return unsafe.call(driver, query, parameters, { ...options, prepare: true });
  };

function guardTransaction(inner: Drivable): Drivable {
  inner.unsafe = guarded(inner, inner.unsafe);
  const { savepoint } = inner;
  if (savepoint !== undefined) {
    inner.savepoint = (...args) =>
      savepoint.apply(
        inner,
        args.map((argument) =>
          typeof argument === 'string' ? argument : (nested: Drivable) => argument(guardTransaction(nested)),
        ),
      );
  }
  return inner;
}

/**
 * Runs a transaction. postgres.js 3.4.9 writes its rollback to a connection that is gone and throws outside of every
 * promise; so when the connection is lost the driver is not told that the work has failed, and the caller is.
 */
function begin(driver: Drivable & { begin: Begin }, args: readonly (string | Work)[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const guardedArgs = args.map((argument) =>
      typeof argument === 'string'
        ? argument
        : async (inner: Drivable) => {
            try {
              return await argument(guardTransaction(inner));
            } catch (error) {
              if (!isLost(error)) throw error;
              reject(error);
              return new Promise(() => {});
            }
          },
    );
    driver.begin(...guardedArgs).then(resolve, reject);
  });
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
    max: settings.max ?? connectionsDefault,
    connect_timeout: 5,
    max_lifetime: null,
    // No array types are used, and a look-up of types that is cut off rejects outside of every query.
    fetch_types: false,
    backoff: () => 0.2,
    onnotice: () => {},
    onclose,
    connection: {
      application_name: settings.applicationName,
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

/** A pool and who waits for its answers. */
interface Pool {
  client: Client;
  waiting: Set<(lost: Error) => void>;
}

class LostError extends Error {
  override name = 'LostError';
  readonly code = 'CONNECTION_CLOSED';
}

/** Work on a pool, that fails at the latest with the pool: what postgres.js 3.4.9 had begun on it may never settle. */
const answered = <Value>({ client, waiting }: Pool, work: (client: Client) => PromiseLike<Value>) =>
  new Promise<Value>((resolve, reject) => {
    waiting.add(reject);
    const settle = () => waiting.delete(reject);
    try {
      work(client).then(resolve, reject).then(settle);
    } catch (error) {
      settle();
      reject(error);
    }
  });

/** Lets a pool end what it can within three seconds; the rest has lost its connection. */
async function closePool({ client, waiting }: Pool): Promise<void> {
  await client.end({ timeout: 3 }).catch(() => {});
  for (const reject of waiting) reject(new LostError('the connection was closed before an answer came'));
  waiting.clear();
}

/**
 * Opens a pool. Nothing connects before the first query. A pool that lost a connection is replaced as a whole: a
 * connection of postgres.js 3.4.9 that was cut off with bytes still to be written never writes again.
 */
export function openDatabase(settings: DatabaseSettings): DatabaseHandle {
  let hasEnded = false;
  let current: Pool;
  const open = (): Pool => {
    const client = makeClient(settings, () => {
      if (hasEnded || current.client !== client) return;
      current = open();
      void closePool(pool);
    });
    const pool: Pool = { client, waiting: new Set() };
    // Takes the driver's own date and JSON handling off, as it does for the facade below.
    drizzle(client);
    return pool;
  };
  current = open();
  // Never more work than connections, so that nothing is pipelined. When a table changes, postgres.js 3.4.9 prepares
  // again in the middle of a pipeline and loses count of whose answer is whose; and a transaction that begins in a full
  // pipeline gets no connection of its own.
  const turns = new Turns(settings.max ?? connectionsDefault);
  const facade = {
    options: current.client.options,
    unsafe: (query: string, parameters?: unknown[], options?: object) => {
      const ask = (read: (pending: Pending) => PromiseLike<unknown>) =>
        turns.run(() =>
          answered(current, (client) => {
            const driver = client as unknown as Drivable;
            return read(guarded(driver, driver.unsafe)(query, parameters, options) as Pending);
          }),
        );
      return lazily(
        () => ask((pending) => pending),
        () => ask((pending) => pending.values()),
      );
    },
    begin: (...args: (string | Work)[]) =>
      turns.run(() =>
        answered(current, (client) => begin(client as unknown as Drivable & { begin: Begin }, args)),
      ),
  };
  const db = drizzle(facade as unknown as Client, { schema });
  return {
    db,
    async end() {
      hasEnded = true;
      await closePool(current);
    },
  };
}
