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
