import type { Device, addDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { claimDevice } from './claim-device';
import { redeemToken } from './redeem-token';

/** POST /devices (mode-api 5.5): a person claims a device by its code, or new hardware redeems a provisioning token. */
export async function addDevice(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<Device> {
  const { principal } = caller;
  // An empty one beside a person's claim code is a field that was not filled in.
  if (body.token !== undefined && !(body.token === '' && principal.kind === 'user')) {
    authorise('devices.add', principal, { hasToken: true });
    return redeemToken(deps, caller, { ...body, token: body.token });
  }
  if (principal.kind === 'anonymous')
    throw new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
  if (principal.kind !== 'user') authorise('devices.add', principal);
  return claimDevice(deps, caller, body);
}
