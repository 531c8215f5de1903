import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { OutputOf } from '../../contracts/operation';
import type { startPasskeyFactor as operation } from '../../contracts/staff-account';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { makeChallenge } from '../passkeys/challenge';
import { relyingParty } from '../passkeys/relying-party';
import { descriptorOf } from '../passkeys/verify-registration';
import { findStaffSession } from './find-session';
import { staffPasskeysOf } from './passkey-rows';
import { countCode } from './prove-factor';

/**
 * POST /staff/session/passkey/start: for who has proved the password of an account with passkeys. Raises
 * `unauthenticated`, `conflict` FACTOR_MISSING, `rate_limited`.
 */
export async function startPasskeyFactor(deps: Deps, caller: Caller): Promise<OutputOf<typeof operation>> {
  authorise('staff.startPasskeyFactor', caller.principal);
  const found = await findStaffSession(deps, caller.staffToken);
  if (found === undefined || found.session.provedAt !== null) throw new Failure('unauthenticated');
  const party = relyingParty(deps, caller);
  const { id: accountId } = found.account;
  await countCode(deps, accountId);
  const known = await staffPasskeysOf(deps.db, accountId);
  if (known.length === 0)
    throw new Failure('conflict', { reason: 'FACTOR_MISSING', message: 'The account has no passkey.' });
  const of = { purpose: 'staff-prove', accountId } as const;
  const challenge = await makeChallenge(deps.db, of, deps.clock.now());
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: new Uint8Array(challenge),
    userVerification: 'required',
    timeout: 300_000,
    allowCredentials: known.map(descriptorOf),
  });
  return { options: { ...options } };
}
