import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type InputOf,
  type Operation,
  type OutputOf,
  Ranged,
  RawJson,
  WithStaffCookie,
} from '../contracts/operation';
import { type OperationId, type Operations, operations } from '../contracts/registry';
import { giveStaffCookie } from '../domain/cookies';
import { Failure, type FieldIssue, invalidField } from '../domain/errors';
import { readChosenLanguage, readLanguage } from '../domain/language';
import { verdict } from '../domain/permissions';
import { anonymous } from '../domain/principal';
import { isProved } from '../services/auth/remembered-devices';
import type { Caller, Deps } from '../services/deps';
import { requestAllowance } from '../services/rates/allowances';
import { spend } from '../services/rates/spend';
import { authenticate, type Presented } from './authentication';
import { readBody, readBytes } from './body';
import { speak, toFailure } from './dialects';
import { judges } from './judge';
import { type ApiContext, type ApiSettings, addressOf, askedAtOf, isHttps, originOf } from './request';

type Answer<Output> = Output | RawJson | Ranged<Output> | WithStaffCookie<Output>;

/**
 * The service behind an operation. Lists with a range header, bodies that must keep their text and answers with the
 * staff cookie have their own shapes.
 */
export type Handler<Id extends OperationId> = (
  deps: Deps,
  caller: Caller,
  input: InputOf<Operations[Id]>,
) => Promise<Answer<OutputOf<Operations[Id]>>>;
export type Handlers = { [Id in OperationId]: Handler<Id> };

/** Longest time a request may take; past it the caller is told to come back instead of waiting for ever. */
const requestMostMs = 9_000;
/** lock-api 2, rule 4. */
const internalHeaders = ['x-org-id', 'x-user-id', 'x-user-email', 'x-is-admin', 'x-super-access'];
const isProduction = process.env.NODE_ENV === 'production';

const corsHeaders: Record<string, string> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Credentials': 'false',
  'Access-Control-Expose-Headers':
    'X-Xsrf-Guard, vnd.tinkermode.range, X-Request-Id, Retry-After, x-amzn-errortype',
};

/** Unions and lists of values say in codes of their own that there was nothing. */
const absentCodes: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union', 'invalid_value']);

/** A field that is absent, or null, which means the same (mode-api 1.2), is missing. */
const isAbsent = (issue: z.core.$ZodIssue): boolean =>
  absentCodes.has(issue.code ?? '') && (issue.input ?? undefined) === undefined;

function issuesOf(error: z.ZodError): FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.length === 0 ? 'body' : issue.path.join('.'),
    message: isAbsent(issue) ? 'is required' : issue.message,
  }));
}

function parsePart(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // What a refusal tells needs the input of every field, which costs a request that is right as much as its parsing.
  const told = schema.safeParse(value, { reportInput: true });
  const issues = issuesOf(told.error ?? parsed.error);
  const isMissing = issues.some((issue) => issue.message === 'is required');
  throw new Failure('invalid', { reason: isMissing ? 'MISSING_PARAMETERS' : 'INVALID_PARAMETER', issues });
}

const idReasons: Readonly<Record<string, string>> = {
  homeId: 'INVALID_HOME_ID',
  deviceId: 'INVALID_DEVICE_ID',
  userId: 'INVALID_USER_ID',
};

/** As for an object that does not exist: 404 where the operation has it, else 403 with the reason (mode-api 1.4, rule 3). */
function noSuchObject({ refusals }: Operation, error: unknown): unknown {
  const field = error instanceof Failure ? error.issues?.[0]?.field : undefined;
  const reason = field === undefined ? undefined : idReasons[field];
  return field === undefined || reason === undefined || refusals.includes(404)
    ? new Failure('not_found', { reason: 'NOT_FOUND' })
    : invalidField(field, 'there is none of this id', reason);
}

async function parseInput(c: ApiContext, operation: Operation): Promise<unknown> {
  let params: unknown;
  try {
    params = parsePart(operation.params, c.req.param());
  } catch (error) {
    // A path that names no possible object names none (mode-api 1.4); the lock API says which part is wrong.
    if (operation.dialect === 'cloud') throw noSuchObject(operation, error);
    throw error;
  }
  const query = parsePart(operation.query, operation.query === undefined ? undefined : c.req.query());
  if (operation.bodyFormat === 'raw') return { params, query, body: undefined, bytes: await readBytes(c) };
  if (operation.body === undefined) return { params, query, body: undefined, raw: '' };
  const { fields, text } = await readBody(c, operation.bodyFormat ?? 'json');
  return { params, query, body: parsePart(operation.body, fields), raw: text };
}

export function respond(
  status: number,
  body: unknown,
  requestId: string,
  extra: Record<string, string> = {},
): Response {
  const headers: Record<string, string> = {
    ...corsHeaders,
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    ...extra,
  };
  if (body === undefined) return new Response(null, { status, headers });
  headers['Content-Type'] = 'application/json; charset=utf-8';
  return new Response(body instanceof RawJson ? body.text : JSON.stringify(body), { status, headers });
}

export function respondFailure(
  dialect: Operation['dialect'],
  failure: Failure,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const answer = speak(dialect, failure);
  const extra: Record<string, string> = { ...headers, ...answer.headers };
  if (answer.retryAfterSeconds !== undefined) extra['Retry-After'] = String(answer.retryAfterSeconds);
  return respond(answer.status, answer.body, requestId, extra);
}

async function present(c: ApiContext, settings: ApiSettings, id: OperationId): Promise<Presented> {
  try {
    return await authenticate(c, settings, operations[id]);
  } catch (error) {
    // Where nobody may call, a stale credential is nobody's (GET /auth says so, clients log in with old headers).
    const isOpen = verdict(id, anonymous) !== 'unauthenticated';
    if (isOpen && error instanceof Failure && error.code === 'unauthenticated')
      return { principals: [anonymous], via: 'api' };
    throw error;
  }
}

/** Counts a request against what its callers may make; raises `rate_limited`. */
async function count(deps: Deps, id: OperationId, { principals }: Presented): Promise<void> {
  // Who one is is always told (mode-api 5.7).
  if (id === 'auth.get') return;
  const allowances = principals.flatMap((principal) =>
    // A person's openings have a limit of their own: a busy page must not keep its owner out.
    id === 'locks.open' && principal.kind === 'user' ? [] : (requestAllowance(principal, deps.limits) ?? []),
  );
  if (allowances.length === 0) return;
  const wait = (await spend(deps, allowances)).find((seconds) => seconds !== undefined);
  if (wait === undefined) return;
  throw new Failure('rate_limited', {
    reason: 'RATE_LIMIT_EXCEEDED',
    message: 'Too many requests. Wait a moment and try again.',
    retryAfterSeconds: wait,
  });
}

/** Of two credentials either may satisfy the rule; the refusal of the first is the one that is told. */
async function call<Id extends OperationId>(
  handler: Handler<Id>,
  deps: Deps,
  presented: Presented,
  from: Pick<Caller, 'address' | 'askedAt' | 'language' | 'origin' | 'userAgent'>,
  input: InputOf<Operations[Id]>,
): Promise<unknown> {
  let refusal: unknown;
  const notes: (() => void)[] = [];
  const onRefused = presented.principals.length > 1 ? (note: () => void) => notes.push(note) : undefined;
  for (const principal of presented.principals) {
    try {
      return await handler(
        deps,
        { principal, via: presented.via, staffToken: presented.staffToken, onRefused, ...from },
        input,
      );
    } catch (error) {
      const isRefused =
        error instanceof Failure && (error.code === 'forbidden' || error.code === 'not_found');
      if (!isRefused) {
        refusal = error;
        break;
      }
      refusal ??= error;
    }
  }
  for (const note of notes) note();
  throw refusal;
}

/** Answers in time or asks to come back: raises `unavailable` past the longest time that a request may take. */
export function withDeadline<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Failure('unavailable', { retryAfterSeconds: 2, message: 'no answer in time' })),
      requestMostMs,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A create that recorded nothing, because the object is there already, answers 200 (lock-api 4.1). */
const statusOf = (operation: Operation, body: unknown): number =>
  operation.repeatStatus !== undefined && (body as { event?: unknown } | undefined)?.event === null
    ? operation.repeatStatus
    : operation.status;

/** Makes the request handler of one operation: credential, input, service, response check, dialect. */
export function bind<Id extends OperationId>(settings: ApiSettings, id: Id, handler: Handler<Id>) {
  const operation: Operation = operations[id];
  const { deps } = settings;

  async function run(c: ApiContext): Promise<Response> {
    const askedAt = askedAtOf(settings);
    if (operation.dialect === 'lock') {
      const issues = internalHeaders.filter((name) => c.req.header(name) !== undefined);
      if (issues.length > 0) {
        throw new Failure('invalid', {
          issues: issues.map((field) => ({ field, message: 'is not accepted from clients' })),
        });
      }
    }
    // The lock API judges the request before the credential (lock-api 3), the cloud API the other way round.
    const early = operation.dialect === 'lock' ? await parseInput(c, operation) : undefined;
    const issues = judges[id]?.(early ?? {}) ?? [];
    if (issues.length > 0) throw new Failure('invalid', { issues });
    const presented = await present(c, settings, id);
    if (presented.principals[0].kind === 'anonymous' && verdict(id, anonymous) === 'unauthenticated') {
      throw new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
    }
    try {
      return await answer(c, askedAt, presented, early);
    } catch (error) {
      // Nothing is told to whoever was only remembered, not even what is wrong with the request.
      for (const principal of presented.principals) {
        if (!(await isProved(deps, principal)))
          throw new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
      }
      throw error;
    }
  }

  async function answer(
    c: ApiContext,
    askedAt: Date,
    presented: Presented,
    early: unknown,
  ): Promise<Response> {
    const requestId = c.get('requestId');
    await count(deps, id, presented);
    const input = (early ?? (await parseInput(c, operation))) as InputOf<Operations[Id]>;
    const from = {
      askedAt,
      address: addressOf(c, settings.trustProxy),
      origin: originOf(c, settings.trustProxy),
      userAgent: c.req.header('user-agent'),
      language: readChosenLanguage(c.req.header('cookie')) ?? readLanguage(c.req.header('accept-language')),
    };
    const told = await call(handler, deps, presented, from, input);
    const isCookie = told instanceof WithStaffCookie;
    const output: unknown = isCookie ? told.body : told;
    const cookie = isCookie
      ? { 'Set-Cookie': giveStaffCookie(told.token, isHttps(c, settings.trustProxy)) }
      : undefined;
    if (operation.output === undefined) return respond(operation.status, undefined, requestId, cookie);
    const isRanged = output instanceof Ranged;
    const body: unknown = isRanged ? output.items : output;
    if (!isProduction) operation.output.parse(body instanceof RawJson ? JSON.parse(body.text) : body);
    const extra = isRanged ? { 'vnd.tinkermode.range': output.range } : cookie;
    return respond(statusOf(operation, body), body, requestId, extra);
  }

  return async (c: ApiContext): Promise<Response> => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    const startedAt = performance.now();
    let response: Response;
    try {
      response = await withDeadline(run(c));
    } catch (error) {
      const failure = toFailure(error);
      const level = failure.code === 'internal' ? 'error' : failure.code === 'unavailable' ? 'warn' : 'debug';
      deps.log[level](
        { requestId, operation: id, failure: failure.code, err: failure.cause ?? undefined },
        'request refused',
      );
      response = respondFailure(operation.dialect, failure, requestId);
    }
    settings.onRequest?.(id, response.status, performance.now() - startedAt);
    return response;
  };
}
