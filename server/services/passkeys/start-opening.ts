import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { passkeys } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { startPasskeyOpening as operation } from '../../contracts/passkeys';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { countAttempt } from '../rates/count-attempt';
import { makeChallenge } from './challenge';
import { relyingParty } from './relying-party';

/**
 * POST /locks/{id}/passkey/start (ours): a challenge for one opening, one change of this lock or one guest link to it, by this
 * person. Raises `conflict` when the person has no passkey.
 */
export async function startPasskeyOpening(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock } = deps;
  const { principal } = caller;
  const { lock, facts } = await loadLock(db, principal, params.id, clock.now());
  authorise('locks.startPasskey', principal, facts);
  if (lock === undefined || principal.kind !== 'user') throw new Failure('not_found');
  const party = relyingParty(deps, caller);
  await countAttempt(deps, `passkey opening ${principal.userId}`, 30, 60);
  const known = await db.select().from(passkeys).where(eq(passkeys.userId, principal.userId));
  if (known.length === 0)
    throw new Failure('conflict', {
      message: 'You have no passkey yet.',
      issues: [{ field: 'passkey', message: 'none' }],
    });
  const bound = { purpose: body?.purpose ?? 'open', userId: principal.userId, lockId: lock.id };
  const challenge = await makeChallenge(db, bound, clock.now());
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: new Uint8Array(challenge),
    userVerification: 'required',
    timeout: 60_000,
    allowCredentials: known.map(({ id, transports }) => ({
      id,
      ...(transports === null ? {} : { transports }),
    })),
  });
  return { options: { ...options } };
}
