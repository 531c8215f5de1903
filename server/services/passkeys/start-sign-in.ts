import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { OutputOf } from '../../contracts/operation';
import type { startPasskeySignIn as operation } from '../../contracts/passkeys';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { makeChallenge } from './challenge';
import { relyingParty } from './relying-party';

/** POST /auth/passkey/start (ours): names nobody, since the passkey itself says whose it is. */
export async function startPasskeySignIn(deps: Deps, caller: Caller): Promise<OutputOf<typeof operation>> {
  authorise('auth.startPasskey', caller.principal);
  const party = relyingParty(deps, caller);
  await countAttempt(deps, `login passkey start ${caller.address ?? ''}`, 30, 60);
  const challenge = await makeChallenge(deps.db, { purpose: 'sign-in' }, deps.clock.now());
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: new Uint8Array(challenge),
    userVerification: 'required',
    timeout: 300_000,
  });
  return { options: { ...options } };
}
