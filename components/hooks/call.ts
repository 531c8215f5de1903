import type { z } from 'zod';
import type { Operation, OutputOf } from '@/server/contracts/operation';
import { pageUserHeader } from '@/server/contracts/page-user';
import type { OperationId, Operations } from '@/server/contracts/registry';

type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;
type Segments<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Segments<Rest>
  : never;
type QueryOf<O extends Operation> = Sent<O['query']>;
type BodyOf<O extends Operation> = Sent<O['body']>;

/** What a call of an operation takes: the segments of its path, query and body as its contract declares them. */
type CallTo<Id extends OperationId, Path extends string> = ([Segments<Path>] extends [never]
  ? unknown
  : { params: Record<Segments<Path>, string | number> }) &
  (QueryOf<Operations[Id]> extends undefined ? unknown : { query?: QueryOf<Operations[Id]> }) &
  (BodyOf<Operations[Id]> extends undefined ? unknown : { body: BodyOf<Operations[Id]> });

export type AnswerOf<Id extends OperationId> = OutputOf<Operations[Id]>;

/** Method and path of operations; a page is sent those that it calls. */
export type Routes = Readonly<Partial<Record<OperationId, { method: string; path: string }>>>;

export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds after which an unanswered call counts as lost. */
  timeoutMs?: number;
  /** JSON text to send as it is in place of `body`, for numbers that JavaScript would round. */
  rawBody?: string;
}

/** A call that brought no usable answer. `status` 0: none came at all, and the call may or may not have arrived. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
    /** To be quoted to whoever helps. */
    readonly requestId?: string,
    readonly retryAfterSeconds?: number,
    /** What the service said of single fields, by name. */
    readonly fields: Readonly<Record<string, string>> = {},
    /** Reason of the cloud dialect, for what a page has words of its own for. */
    readonly reason?: string,
  ) {
    super(message);
  }
  /** Whether the network failed, so that nothing is known of the outcome. */
  get isLost(): boolean {
    return this.status === 0;
  }
}

interface ErrorBody {
  message?: unknown;
  reason?: unknown;
  error?: unknown;
  details?: unknown;
  data?: unknown;
}

/** What was said of single fields, in either dialect. */
function fieldsOf({ details, data }: ErrorBody): Record<string, string> {
  const inner = typeof data === 'object' && data !== null ? (data as ErrorBody).details : undefined;
  const list: unknown = details ?? inner;
  const fields: Record<string, string> = {};
  for (const entry of Array.isArray(list) ? (list as unknown[]) : []) {
    const { field, message }: { field?: unknown; message?: unknown } =
      typeof entry === 'object' && entry !== null ? entry : {};
    if (typeof field === 'string' && typeof message === 'string') fields[field] = message;
  }
  return fields;
}

/** Error from a refused answer; reads the lock and the cloud dialect. */
function refusal(response: Response, body: unknown): ApiError {
  const { message, reason, error }: ErrorBody = typeof body === 'object' && body !== null ? body : {};
  const words = [message, reason, error].find((value) => typeof value === 'string');
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError(
    response.status,
    typeof words === 'string' ? words : response.statusText,
    response.headers.get('X-Request-Id') ?? undefined,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
    fieldsOf(typeof body === 'object' && body !== null ? body : {}),
    typeof reason === 'string' ? reason : undefined,
  );
}

function addressOf(path: string, call: { params?: object; query?: object }): string {
  const params: Record<string, unknown> = { ...call.params };
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const search = query.toString();
  return search === '' ? filled : `${filled}?${search}`;
}

/** A signal that ends with the caller's or after the time; `AbortSignal.any` is too young for phones still in use. */
function boundedSignal({ signal, timeoutMs }: CallOptions): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort);
  const timer = timeoutMs === undefined ? undefined : setTimeout(abort, timeoutMs);
  return {
    signal: controller.signal,
    release: () => {
      signal?.removeEventListener('abort', abort);
      clearTimeout(timer);
    },
  };
}

/** Whose page it is, as its frame says; somebody else may have signed in in this browser since. */
function pageUser(): Record<string, string> {
  const user = typeof document === 'undefined' ? undefined : document.getElementById('content')?.dataset.user;
  return user === undefined ? {} : { [pageUserHeader]: user };
}

async function ask(
  { method, path }: { method: string; path: string },
  given: { params?: object; query?: object; body?: unknown },
  options: CallOptions,
): Promise<{ response: Response; text: string }> {
  const bounds = boundedSignal(options);
  const sent = options.rawBody ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
  let response: Response;
  let text: string;
  try {
    response = await fetch(addressOf(path, given), {
      method,
      headers: {
        Accept: 'application/json',
        ...pageUser(),
        ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: sent }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: bounds.signal,
    });
    text = await response.text();
  } catch (cause) {
    if (options.signal?.aborted === true) throw cause;
    throw new ApiError(0, cause instanceof Error ? cause.message : 'no answer');
  } finally {
    bounds.release();
  }
  if (!response.ok) throw refusal(response, text === '' ? undefined : parsed(text));
  return { response, text };
}

const unreadable = Symbol('unreadable');
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

/** Ways to call the operations of a table on this origin, with the session's cookie. */
export function callerOf<Table extends Routes>(routes: Table) {
  type Id = keyof Table & OperationId;
  type CallOf<One extends Id> = CallTo<
    One,
    Table[One] extends { path: infer Path extends string } ? Path : never
  >;
  const asked = <One extends Id>(id: One, call: CallOf<One>, options: CallOptions) =>
    ask(routes[id] as { method: string; path: string }, call as object, options);
  return {
    /**
     * Calls one operation: `api('locks.get', { params: { id } })`. Throws ApiError when it is refused or lost.
     */
    async api<One extends Id>(id: One, call: CallOf<One>, options: CallOptions = {}): Promise<AnswerOf<One>> {
      const { response, text } = await asked(id, call, options);
      const body = text === '' ? undefined : parsed(text);
      if (body === unreadable)
        throw new ApiError(502, 'unreadable answer', response.headers.get('X-Request-Id') ?? undefined);
      // The server checks its answers against the same contract; checking them again here would cost every page a validator.
      return body as AnswerOf<One>;
    },
    /** Calls an operation like `api`, for its JSON text as it came: 64-bit integers stay what they are. */
    apiText: async <One extends Id>(id: One, call: CallOf<One>, options: CallOptions = {}): Promise<string> =>
      (await asked(id, call, options)).text,
  };
}
