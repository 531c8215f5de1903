import type { AuthenticationAnswer } from '@/server/contracts/webauthn';
import { openingLifeMs } from '@/server/domain/lock/opening';
import { ApiError } from '../hooks/call';
import { api } from '../hooks/door-api';
import type { MessageKey } from '../messages/lookup';

/** What became of handing an opening over. `silent`: not known whether it got through, and by now it has run out. */
export type SendResult =
  | { kind: 'sent' }
  | { kind: 'refused'; because: RefusalKey; status: number; requestId?: string | undefined }
  | { kind: 'silent' };

export type RefusalKey = Extract<MessageKey, `progress.refused.${string}`>;

/** What a refusal is called; "not sent" only where that is certain. */
export function refusalTitleOf(
  status: number,
): 'progress.unreached' | 'progress.broken' | 'progress.refused' {
  if (status === 502) return 'progress.unreached';
  return status >= 500 && status !== 503 ? 'progress.broken' : 'progress.refused';
}

/** Why a request was refused, in the words of the page. */
export function refusalKeyOf(status: number): RefusalKey {
  switch (status) {
    case 401:
      return 'progress.refused.signedOut';
    case 403:
      return 'progress.refused.forbidden';
    case 404:
      return 'progress.refused.missing';
    case 429:
      return 'progress.refused.limited';
    case 502:
      return 'progress.refused.device';
    case 503:
      return 'progress.refused.unavailable';
    default:
      return status >= 500 ? 'progress.refused.broken' : 'progress.refused.other';
  }
}

const firstPauseMs = 300;
const longestPauseMs = 1_500;
/** Longer than the service waits for the lock's shadow, so that its own answer comes first. */
export const attemptMs = 3_500;

interface Sending {
  lockId: number;
  requestId: string;
  /** When the gesture was made, on the clock of `now`. */
  startedAt: number;
  /** The proof that the gesture asks for. */
  passkey?: AuthenticationAnswer | undefined;
  onRetry: () => void;
  now?: () => number;
  pause?: (milliseconds: number) => Promise<void>;
  open?: (
    lockId: number,
    requestId: string,
    timeoutMs: number,
    passkey: AuthenticationAnswer | undefined,
  ) => Promise<unknown>;
}

const openByApi: NonNullable<Sending['open']> = (lockId, requestId, timeoutMs, passkey) =>
  api('locks.open', { params: { id: lockId }, body: { requestId, passkey } }, { timeoutMs });

/**
 * Hands an opening over. An answer that was lost on the way is asked for again with the same requestId, which opens the
 * door once at most (model 3), and never beyond the life of the request.
 */
export async function sendOpening({
  lockId,
  requestId,
  startedAt,
  passkey,
  onRetry,
  now = Date.now,
  pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  open = openByApi,
}: Sending): Promise<SendResult> {
  let pauseMs = firstPauseMs;
  let wasLost = false;
  let last: SendResult = { kind: 'silent' };
  for (;;) {
    const leftMs = startedAt + openingLifeMs - now();
    if (leftMs <= 0) return last;
    try {
      await open(lockId, requestId, Math.min(attemptMs, leftMs), passkey);
      return { kind: 'sent' };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isRepeatable = error.isLost || error.status === 503;
      // Once an answer was lost, a busy service does not prove that nothing got through.
      wasLost ||= error.isLost;
      last =
        wasLost && isRepeatable
          ? { kind: 'silent' }
          : {
              kind: 'refused',
              because:
                error.fields.passkey === undefined ? refusalKeyOf(error.status) : 'progress.refused.passkey',
              status: error.status,
              requestId: error.requestId,
            };
      if (!isRepeatable) return last;
      onRetry();
      await pause(Math.max(pauseMs, Math.min((error.retryAfterSeconds ?? 0) * 1_000, longestPauseMs)));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
}
