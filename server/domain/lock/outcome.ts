/** How the bolt stands is then not known: the lock took the request and did not say what it did. */
export const isOutcomeUnsure = ({
  status,
  error,
}: {
  status: string;
  error?: string | null | undefined;
}): boolean => status === 'failed' && (error === 'LOCK_RESTARTED' || error === 'NOT_CONFIRMED');
