/** What can go wrong, without any wire format in it; the dialects at the edge turn it into status and body. */
export type FailureCode =
  | 'unparsable'
  | 'invalid'
  | 'unauthenticated'
  | 'invalid_pin'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'rate_limited'
  | 'too_large'
  | 'unsupported_encoding'
  | 'device_unreachable'
  | 'unavailable'
  | 'internal';

export interface FieldIssue {
  field: string;
  message: string;
}

interface FailureDetails {
  /** UPPER_SNAKE code of the cloud dialect (mode-api 1.4), where a specific one exists. */
  reason?: string;
  /** Prose for people; never parsed. */
  message?: string;
  issues?: readonly FieldIssue[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The one error that services raise on purpose. Anything else that escapes is a defect and answered as `internal`. */
export class Failure extends Error {
  override name = 'Failure';
  readonly reason: string | undefined;
  readonly issues: readonly FieldIssue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: FailureCode,
    details: FailureDetails = {},
  ) {
    super(details.message ?? code, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = details.reason;
    this.issues = details.issues ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** One field is wrong. `reason` is the cloud dialect's code. */
export const invalidField = (field: string, message: string, reason = 'INVALID_PARAMETER'): Failure =>
  new Failure('invalid', { reason, message: `${field}: ${message}`, issues: [{ field, message }] });

export const missingField = (field: string): Failure =>
  invalidField(field, 'is required', 'MISSING_PARAMETERS');
