/** Raised when Latchkey cannot start for a reason that the person at the terminal can mend; the message says how. */
export class StartError extends Error {
  override name = 'StartError';
}
