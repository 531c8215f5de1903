import type { z } from 'zod';

/** How errors of an endpoint are written on the wire. */
export type Dialect = 'cloud' | 'lock' | 'data-plane';

/**
 * `form` operations take urlencoded, multipart and JSON bodies alike (mode-api 1.2). `raw`: the service reads the bytes
 * itself, and `body` only describes them.
 */
export type BodyFormat = 'json' | 'form' | 'raw';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a caller may be refused with, apart from 401, 500 and 503, which every operation shares. */
export type RefusalStatus = 400 | 403 | 404 | 409 | 413 | 415 | 429 | 502;

/** One call of the API: the single source of parsing, the response check, the browser client and the OpenAPI document. */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly summary: string;
  readonly method: Method;
  /** Path with `{name}` segments, as the reference writes it. */
  readonly path: string;
  readonly dialect: Dialect;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly bodyFormat?: BodyFormat;
  readonly bodyOptional?: boolean;
  /** Where one made from the schema would not be accepted, or would tell little. */
  readonly examples?: { readonly body: unknown };
  /** Absent for an empty answer. */
  readonly output?: Output;
  readonly status: 200 | 201 | 204;
  /** Status of a repeated create, where that is no error (lock-api 4.1). */
  readonly repeatStatus?: 200;
  readonly refusals: readonly RefusalStatus[];
  /** What it writes, it writes only for a device whose key is good: that need not be looked up before. */
  readonly provesDevice?: true;
}

/** Declares an operation and keeps its types. */
export function operation<
  const Params extends z.ZodType = z.ZodUndefined,
  const Query extends z.ZodType = z.ZodUndefined,
  const Body extends z.ZodType = z.ZodUndefined,
  const Output extends z.ZodType = z.ZodUndefined,
>(declared: Operation<Params, Query, Body, Output>): Operation<Params, Query, Body, Output> {
  return declared;
}

type Inferred<Schema> = NonNullable<Schema> extends z.ZodType ? z.output<NonNullable<Schema>> : undefined;
type Sent<Schema> = NonNullable<Schema> extends z.ZodType ? z.input<NonNullable<Schema>> : undefined;

/** Parsed input as a service sees it. */
export interface InputOf<O extends Operation> {
  params: Inferred<O['params']>;
  query: Inferred<O['query']>;
  body: Inferred<O['body']>;
  /** Text of a JSON body as it came, for what must not lose a digit; empty for forms. */
  raw?: string;
  /** The body of a `raw` operation as it came. */
  bytes?: Uint8Array;
}
/** Body as a client writes it. */
export type BodyOf<O extends Operation> = Sent<O['body']>;
export type OutputOf<O extends Operation> = Inferred<O['output']>;

/** An answer that is JSON text already, so that its numbers leave as they came. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** A page of a list; its place goes into the header `vnd.tinkermode.range` (mode-api 1.5). */
export class Ranged<Items> {
  readonly range: string;
  constructor(
    readonly items: Items,
    first: number,
    total: number,
  ) {
    const count = Array.isArray(items) ? items.length : 0;
    this.range = count === 0 ? `*/${total}` : `${first}-${first + count - 1}/${total}`;
  }
}

/** An answer that gives the browser a staff session, or with null takes it away. */
export class WithStaffCookie<Body> {
  constructor(
    readonly body: Body,
    readonly token: string | null,
  ) {}
}
