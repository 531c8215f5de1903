import type { CloudErrorBody, DataPlaneErrorBody, LockErrorBody } from '../contracts/errors';
import type { Dialect } from '../contracts/operation';
import { isDatabaseAway } from '../db/errors';
import { Failure, type FailureCode } from '../domain/errors';

interface Answer {
  status: number;
  body: CloudErrorBody | LockErrorBody | DataPlaneErrorBody;
  headers?: Record<string, string>;
  retryAfterSeconds?: number;
}

/** mode-api 1.4: invalid data is 403 with a specific reason; 400 only for a body that cannot be parsed at all. */
const cloud: Record<FailureCode, { status: number; reason: string }> = {
  unparsable: { status: 400, reason: 'INVALID_JSON' },
  invalid: { status: 403, reason: 'INVALID_DATA' },
  unauthenticated: { status: 401, reason: 'UNAUTHENTICATED_CLIENT' },
  invalid_pin: { status: 401, reason: 'UNAUTHENTICATED_CLIENT' },
  forbidden: { status: 403, reason: 'PERMISSION_DENIED' },
  not_found: { status: 404, reason: 'NOT_FOUND' },
  method_not_allowed: { status: 405, reason: 'METHOD_NOT_ALLOWED' },
  conflict: { status: 409, reason: 'CONFLICT' },
  rate_limited: { status: 429, reason: 'RATE_LIMIT_EXCEEDED' },
  too_large: { status: 413, reason: 'INVALID_DATA' },
  unsupported_encoding: { status: 400, reason: 'INVALID_DATA' },
  device_unreachable: { status: 502, reason: 'DEVICE_OFFLINE' },
  unavailable: { status: 503, reason: 'DATABASE_ERROR' },
  internal: { status: 500, reason: 'INTERNAL_ERROR' },
};

/** lock-api 4.3; the messages of 401, 403 and 404 are the seed pages' own. */
const lock: Record<FailureCode, { status: number; error: string; message: string }> = {
  unparsable: {
    status: 400,
    error: 'Bad Request',
    message: 'The request contains invalid parameters or malformed data',
  },
  invalid: {
    status: 400,
    error: 'Bad Request',
    message: 'The request contains invalid parameters or malformed data',
  },
  unauthenticated: {
    status: 401,
    error: 'Unauthorized',
    message: 'Authentication required. Please provide a valid API token',
  },
  invalid_pin: { status: 401, error: 'Unauthorized', message: 'Invalid PIN' },
  forbidden: {
    status: 403,
    error: 'Forbidden',
    message: "You don't have permission to access this resource",
  },
  not_found: { status: 404, error: 'Not Found', message: 'The requested resource was not found' },
  method_not_allowed: {
    status: 405,
    error: 'Method Not Allowed',
    message: 'This path does not take that method',
  },
  conflict: { status: 409, error: 'Conflict', message: 'The resource has changed meanwhile' },
  rate_limited: { status: 429, error: 'Too Many Requests', message: 'Too many requests' },
  too_large: { status: 413, error: 'Payload Too Large', message: 'The request body is too large' },
  unsupported_encoding: { status: 400, error: 'Bad Request', message: 'The request body is not UTF-8' },
  device_unreachable: { status: 502, error: 'Error', message: 'Failed to update device shadow' },
  unavailable: {
    status: 503,
    error: 'Service Unavailable',
    message: 'The service is temporarily unavailable',
  },
  internal: { status: 500, error: 'Internal Server Error', message: 'An unexpected error has occurred' },
};

/** Classes of AWS's data-plane errors and their texts (device-shadow 6 and 10). */
const dataPlane: Record<FailureCode, { status: number; type: string; message: string }> = {
  unparsable: { status: 400, type: 'InvalidRequestException', message: 'Invalid JSON' },
  invalid: { status: 400, type: 'InvalidRequestException', message: 'The request is not valid' },
  unauthenticated: { status: 401, type: 'UnauthorizedException', message: 'Unauthorized' },
  invalid_pin: { status: 401, type: 'UnauthorizedException', message: 'Unauthorized' },
  forbidden: { status: 403, type: 'ForbiddenException', message: 'Forbidden' },
  not_found: { status: 404, type: 'ResourceNotFoundException', message: 'Thing not found' },
  method_not_allowed: {
    status: 405,
    type: 'MethodNotAllowedException',
    message: 'This path does not take that method',
  },
  conflict: { status: 409, type: 'ConflictException', message: 'Version conflict' },
  rate_limited: { status: 429, type: 'ThrottlingException', message: 'Too Many Requests' },
  too_large: {
    status: 413,
    type: 'RequestEntityTooLargeException',
    message: 'The payload exceeds the maximum size allowed',
  },
  unsupported_encoding: {
    status: 415,
    type: 'UnsupportedDocumentEncodingException',
    message: 'Unsupported documented encoding; supported encoding is UTF-8',
  },
  device_unreachable: { status: 503, type: 'ServiceUnavailableException', message: 'Service unavailable' },
  unavailable: { status: 503, type: 'ServiceUnavailableException', message: 'Service unavailable' },
  internal: { status: 500, type: 'InternalFailureException', message: 'Internal service failure' },
};
/** Refusals of a request, which say what was wrong with it; faults of ours say nothing of themselves. */
const speaksOnDataPlane: ReadonlySet<FailureCode> = new Set([
  ...(['unparsable', 'invalid', 'forbidden', 'not_found', 'conflict', 'rate_limited'] as const),
]);

function speakDataPlane(failure: Failure): Answer {
  const { status, type, message } = dataPlane[failure.code];
  const issues = failure.issues.map(({ field, message: text }) => `${field} ${text}`).join('; ');
  const own = failure.message === failure.code ? issues : failure.message;
  const told = speaksOnDataPlane.has(failure.code) && own !== '' ? own : message;
  return { status, body: { message: told }, headers: { 'x-amzn-errortype': type } };
}

/** Failures whose own text is for the caller; of the others the published one is said. */
const speaks: ReadonlySet<FailureCode> = new Set(['rate_limited', 'device_unreachable', 'conflict']);
/** A refusal that names what it lacks is for the caller too: the right itself is there. */
const isForCaller = ({ code, issues }: Failure): boolean =>
  speaks.has(code) || (code === 'forbidden' && issues.length > 0);

/** Any error as a Failure: a database that is away becomes `unavailable`, the unexpected `internal`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (isDatabaseAway(error)) return new Failure('unavailable', { retryAfterSeconds: 2, cause: error });
  return new Failure('internal', { cause: error });
}

/** Status and body of a failure in the dialect of the endpoint. */
export function speak(dialect: Dialect, failure: Failure): Answer {
  const retry =
    failure.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: failure.retryAfterSeconds };
  if (dialect === 'data-plane') return { ...speakDataPlane(failure), ...retry };
  if (dialect === 'cloud') {
    const { status, reason } = cloud[failure.code];
    const data =
      failure.issues.length > 0
        ? { details: failure.issues.map(({ field, message }) => ({ field, message })) }
        : undefined;
    return {
      status,
      body: { reason: failure.reason ?? reason, ...(data === undefined ? {} : { data }) },
      ...retry,
    };
  }
  const { status, error, message } = lock[failure.code];
  return {
    status,
    body: {
      success: false,
      error,
      message: isForCaller(failure) && failure.message !== failure.code ? failure.message : message,
      code: status,
      ...(failure.issues.length > 0
        ? { details: failure.issues.map(({ field, message: text }) => ({ field, message: text })) }
        : {}),
    },
    ...retry,
  };
}
