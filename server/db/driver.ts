import { databaseCode } from './errors';

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

export type Unsafe = (query: string, parameters?: unknown[], options?: object) => unknown;
export type Work = (inner: Drivable) => unknown;
export type Begin = (...args: (string | Work)[]) => Promise<unknown>;
/** What the query builder asks by: the driver, or a transaction of it. */
export interface Drivable {
  unsafe: Unsafe;
  savepoint?: Begin;
}

/** A query of the driver: asked when somebody waits for it, for rows as objects or as arrays. */
export interface Pending extends PromiseLike<unknown> {
  values(): PromiseLike<unknown>;
}

/** A query that is asked when somebody waits for it; `ask` gets what reads the driver's own the way that was wanted. */
export function lazily(ask: (read: (pending: Pending) => PromiseLike<unknown>) => Promise<unknown>): Pending {
  let asked: Promise<unknown> | undefined;
  return {
    // biome-ignore lint/suspicious/noThenProperty: the face of the driver's own lazy query
    then: (onRows, onError) => {
      asked ??= ask((pending) => pending);
      return asked.then(onRows, onError);
    },
    values: () => ask((pending) => pending.values()),
  };
}

/** Proves parameters before the driver sees them; statements are prepared, which saves a round trip. */
export const guarded =
  (driver: Drivable, unsafe: Unsafe): Unsafe =>
  (query, parameters = [], options = {}) => {
    for (const parameter of parameters) checkParameter(parameter);
    return unsafe.call(driver, query, parameters, { ...options, prepare: true });
  };

const lostCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
]);
/** Whether an error says that the connection is gone. */
export const isLost = (error: unknown): boolean => {
  const code = databaseCode(error);
  return code !== undefined && lostCodes.has(code);
};
