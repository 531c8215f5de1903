import { Failure, type FailureCode } from '../../domain/errors';
import type { ShadowRejection } from '../../domain/shadow/request';

const codes: Record<ShadowRejection['code'], FailureCode> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_encoding',
  429: 'rate_limited',
  500: 'internal',
};

const isKnown = (code: number): code is ShadowRejection['code'] => Object.hasOwn(codes, code);

/** What a shadow service refused, as a Failure; a code that is not published (422) counts as a bad request. */
export function failureOf({ code, message }: { code: number; message: string }): Failure {
  return new Failure(isKnown(code) ? codes[code] : 'invalid', { message });
}
