import { Failure } from '../../domain/errors';
import { type RelyingParty, relyingPartyOf } from '../../domain/relying-party';
import type { Caller, Deps } from '../deps';

/**
 * Whom passkeys are made for and used with: the address that the operator named, or else the one the caller came by.
 * Raises `conflict` where browsers have no passkeys.
 */
export function relyingParty(
  { publicUrl }: Pick<Deps, 'publicUrl'>,
  { origin }: Pick<Caller, 'origin'>,
): RelyingParty {
  const party = relyingPartyOf(publicUrl ?? origin);
  if (party === undefined)
    throw new Failure('conflict', {
      reason: 'PASSKEYS_NEED_HTTPS',
      message: 'Passkeys need an address with a host name and https.',
    });
  return party;
}
