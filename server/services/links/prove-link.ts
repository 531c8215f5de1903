import type { AuthenticationAnswer } from '../../contracts/webauthn';
import type { Executor } from '../../db/client';
import { mayAskForPasskey } from '../../domain/lock/gesture';
import type { Caller, Deps } from '../deps';
import type { LockRow } from '../locks/load-lock';
import { checkProof, isBrowser } from '../passkeys/prove-opening';

/**
 * A guest opens with less than a passkey: a browser that gives such a way to a door that may ask for one proves one
 * first, for the link's first door (decision 29). `doors` in the link's order, their rows held; raises `forbidden`.
 */
export async function proveLink(
  deps: Deps,
  tx: Executor,
  caller: Caller,
  doors: readonly LockRow[],
  answer: AuthenticationAnswer | undefined,
): Promise<void> {
  const { principal } = caller;
  const [first] = doors;
  if (principal.kind !== 'user' || first === undefined || !isBrowser(caller)) return;
  if (!doors.some(mayAskForPasskey)) return;
  const bound = { purpose: 'link', userId: principal.userId, lockId: first.id } as const;
  await checkProof(deps, tx, caller, bound, answer);
}
