import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '@/drizzle/schema';

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
type Begin = (...args: unknown[]) => unknown;
interface Drivable {
  unsafe: Unsafe;
  begin?: Begin;
  savepoint?: Begin;
}

/** Guards `unsafe` of a client and of every transaction it opens; statements are prepared, which saves a round trip. */
function guard(driver: Drivable): void {
  const { unsafe } = driver;
  driver.unsafe = (query, parameters = [], options = {}) => {
    for (const parameter of parameters) checkParameter(parameter);
    return unsafe.call(driver, query, parameters, { ...options, prepare: true });
  };
  for (const name of ['begin', 'savepoint'] as const) {
    const original = driver[name];
    if (original === undefined) continue;
    driver[name] = (...args) =>
      original.apply(
        driver,
        args.map((argument) =>
          typeof argument === 'function'
            ? (inner: Drivable) => {
                guard(inner);
                return (argument as (inner: Drivable) => unknown)(inner);
              }
            : argument,
        ),
      );
  }
}

export interface DatabaseSettings {
  url: string;
  /** Connections at most. */
  max?: number;
  applicationName: string;
}

/** Opens a pool. Nothing connects before the first query. */
export function openDatabase(settings: DatabaseSettings): DatabaseHandle {
  const client = postgres(settings.url, {
    max: settings.max ?? 10,
    connect_timeout: 5,
    idle_timeout: 600,
    max_lifetime: null,
    backoff: () => 0.2,
    onnotice: () => {},
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
  guard(client as unknown as Drivable);
  const db = drizzle(client, { schema });
  return { db, end: () => client.end({ timeout: 3 }) };
}
