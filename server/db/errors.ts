/** Codes of PostgreSQL and of the socket that say: not now, perhaps in a moment. */
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53100',
  '57014',
  '55P03',
  '40001',
  '40P01',
  '25P03',
]);

function* causes(error: unknown): Generator<object> {
  for (
    let next = error;
    typeof next === 'object' && next !== null;
    next = (next as { cause?: unknown }).cause
  ) {
    yield next;
    if (next instanceof AggregateError) for (const inner of next.errors) yield* causes(inner);
  }
}

/** The error's code, wherever in the chain of causes it stands. */
export function databaseCode(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string') return code;
  }
  return undefined;
}

/** Whether the database is away, overloaded or gave up waiting: a retry may succeed. */
export function isDatabaseAway(error: unknown): boolean {
  const code = databaseCode(error);
  return code !== undefined && (awayCodes.has(code) || code.startsWith('08'));
}

/** Whether a unique index refused a row; with a name, that index. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  for (const cause of causes(error)) {
    const { code, constraint_name: name } = cause as { code?: unknown; constraint_name?: unknown };
    if (code === '23505') return constraint === undefined || name === constraint;
  }
  return false;
}
