import { safeReturnPath } from '../account/safe-return-path';

/** A page of the console out of `callbackUrl`; anything else becomes its first page. */
export function supportReturnPath(callbackUrl: unknown): string {
  const path = safeReturnPath(callbackUrl);
  return /^\/support([/?#]|$)/.test(path) ? path : '/support';
}
