import type { InputOf, OutputOf } from '../../contracts/operation';
import type { startStaffPasskey as operation } from '../../contracts/staff-account';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { makeChallenge } from '../passkeys/challenge';
import { relyingParty } from '../passkeys/relying-party';
import { passkeysMost } from '../passkeys/start-passkey';
import { registrationOptions } from '../passkeys/verify-registration';
import { loadOwn, proveOwn } from './own-account';
import { staffPasskeysOf } from './passkey-rows';

/** The name under which an authenticator knows a member of staff, apart from every user. */
const staffHandle = (accountId: number): Buffer => Buffer.from(`staff ${accountId}`);

/**
 * POST /staff/account/passkeys/start: by a code of the authenticator. The key is a second factor and never a sign-in by
 * itself, so it does not name its owner to pages that ask for nobody. Raises `conflict` TOO_MANY_PASSKEYS.
 */
export async function startOwnPasskey(
  deps: Deps,
  caller: Caller,
  { body: { code } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const own = await loadOwn(deps, 'staff.startPasskey', caller);
  const { row } = own;
  const party = relyingParty(deps, caller);
  const known = await staffPasskeysOf(deps.db, row.id);
  if (known.length >= passkeysMost)
    throw new Failure('conflict', { reason: 'TOO_MANY_PASSKEYS', message: 'Remove a passkey first.' });
  await proveOwn(deps, caller, own, code);
  const of = { purpose: 'staff-register', accountId: row.id } as const;
  const challenge = await makeChallenge(deps.db, of, deps.clock.now());
  const holder = {
    handle: staffHandle(row.id),
    userName: row.email,
    displayName: row.name,
    known,
    isDiscoverable: false,
  };
  const options = await registrationOptions(party, holder, challenge);
  return { options: { ...options } };
}
