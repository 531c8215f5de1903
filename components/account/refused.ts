import { ApiError } from '../hooks/call';

/**
 * The refusal in the words of the page: for a reason of the service the field it concerns and what to say there. What
 * the page has no words for stays as it came.
 */
export function inOurWords(
  error: unknown,
  words: Readonly<Record<string, readonly [field: string, said: string]>>,
): unknown {
  if (!(error instanceof ApiError) || error.reason === undefined) return error;
  const word = words[error.reason];
  if (word === undefined) return error;
  const [field, said] = word;
  return new ApiError(
    error.status,
    error.message,
    error.requestId,
    error.retryAfterSeconds,
    { [field]: said },
    error.reason,
  );
}
