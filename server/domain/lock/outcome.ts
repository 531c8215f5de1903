import type { OpeningStatus } from '../../contracts/locks';

/** Causes of a failure (matter-hub 7) that came after the lock had been told: the bolt may have moved. */
export const unsureErrors: readonly string[] = ['LOCK_RESTARTED', 'NOT_CONFIRMED'];

/** Whether an opening ended as `failed` without anybody knowing how the bolt stands. */
export const isOutcomeUnsure = ({
  status,
  error,
}: {
  status: OpeningStatus;
  error?: string | null | undefined;
}): boolean => status === 'failed' && unsureErrors.includes(error ?? '');

export type OpeningOutcome = OpeningStatus | 'late' | 'unconfirmed';

/** What may be said of an opening: its status, refined by a report after its time and by what nobody knows. */
export function openingOutcome(opening: {
  status: OpeningStatus;
  lateReport: boolean;
  error?: string | null | undefined;
}): OpeningOutcome {
  if (opening.status === 'expired') return opening.lateReport ? 'late' : 'expired';
  return isOutcomeUnsure(opening) ? 'unconfirmed' : opening.status;
}
