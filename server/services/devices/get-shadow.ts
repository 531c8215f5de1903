import type { InputOf, OutputOf } from '../../contracts/operation';
import type { getDeviceShadow as operation } from '../../contracts/things';
import type { Caller, Deps } from '../deps';
import { showShadow } from '../shadows/show-shadow';
import { admit } from './admit';

/** GET /devices/{deviceId}/shadow (ours): what is wanted of a device and what it says, for members of its home. */
export async function getDeviceShadow(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const device = await admit(deps, caller, 'devices.shadow', params.deviceId);
  return showShadow(deps, `device-${device.id}`);
}
