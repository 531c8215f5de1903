import type { DoorProof } from '../../contracts/passkeys';
import type { AuthenticationAnswer } from '../../contracts/webauthn';
import type { Executor } from '../../db/client';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { gestureFor } from '../../domain/lock/gesture';
import { dashboardApp } from '../auth/create-session';
import type { Caller, Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import { isAtHome } from '../hubs/at-home';
import type { LockRow } from '../locks/load-lock';
import { takeChallenge } from './challenge';
import { relyingParty } from './relying-party';
import { verifyPasskey } from './verify-passkey';

/** The 403 of a gesture that was not made; `details` names the passkey, so that a page can tell it from a lost right. */
const refused = (message: string) =>
  new Failure('forbidden', {
    reason: 'PASSKEY_REQUIRED',
    message,
    issues: [{ field: 'passkey', message }],
  });

/**
 * A session of a browser, however its token came here: the cookie's token in a header, or a JWT made from it, is still
 * that browser's (decision 29).
 */
export const isBrowser = ({ principal, via }: Caller): boolean =>
  principal.kind === 'user' && (via === 'page' || principal.appId === dashboardApp);

const asking: Record<DoorProof, string> = {
  open: 'This door opens with a passkey.',
  settings: 'To ask for a passkey less often takes one.',
  link: 'A door of this link opens with a passkey, and so the link takes one.',
};

/**
 * Checks a proof for one lock and purpose within a transaction, once. Raises `forbidden`, whose `details` name the
 * passkey, when there is none or it is not good.
 */
export async function checkProof(
  deps: Deps,
  tx: Executor,
  caller: Caller,
  bound: { purpose: DoorProof; userId: number; lockId: number },
  answer: AuthenticationAnswer | undefined,
): Promise<void> {
  if (answer === undefined) throw refused(`${asking[bound.purpose]} Confirm with yours and try again.`);
  const party = relyingParty(deps, caller);
  const challenge = await takeChallenge(tx, answer.response.clientDataJSON, bound, deps.clock.now());
  if (challenge === undefined)
    throw refused('This passkey answer is used, too old, or meant for something else. Confirm once more.');
  const asked = { answer, challenge, userId: bound.userId };
  const passkey = await verifyPasskey(deps, tx, party, asked, deps.clock.now());
  if (typeof passkey === 'string') throw refused('This passkey was not accepted. Use one of yours.');
}

/** Proves the gesture of one new opening, within its transaction; raises `forbidden` and leaves nothing when it fails. */
export type Proof = (tx: Executor) => Promise<void>;

/** The proof that this lock asks of this caller now; undefined: none. */
export async function proofOf(
  deps: Deps,
  caller: Caller,
  { lock, home }: { lock: LockRow; home: HomeRow | undefined },
  answer: AuthenticationAnswer | undefined,
): Promise<Proof | undefined> {
  const { principal, address } = caller;
  if (principal.kind !== 'user' || !isBrowser(caller)) return undefined;
  const circumstances = {
    at: deps.clock.now(),
    zone: zoneOf(home?.timezone).zone,
    // Asked for only where it makes a difference: most doors ask the same from everywhere.
    isAtHome: lock.remoteGesture === null || (await isAtHome(deps.db, lock.homeId, address)),
  };
  if (gestureFor(lock, circumstances).gesture !== 'hold-passkey') return undefined;
  const bound = { purpose: 'open', userId: principal.userId, lockId: lock.id } as const;
  return (tx) => checkProof(deps, tx, caller, bound, answer);
}

/**
 * Does what takes a proof. An answer that was refused is worthless afterwards: the transaction that took its challenge was
 * rolled back, and so the challenge is taken once more.
 */
export async function withProof<Result>(
  { db, clock }: Deps,
  { principal }: Caller,
  { purpose, answer }: { purpose: DoorProof; answer: AuthenticationAnswer | undefined },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isUnproven = error instanceof Failure && error.reason === 'PASSKEY_REQUIRED';
    if (isUnproven && answer !== undefined && principal.kind === 'user') {
      const own = { purpose, userId: principal.userId };
      await takeChallenge(db, answer.response.clientDataJSON, own, clock.now());
    }
    throw error;
  }
}
