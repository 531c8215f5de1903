import type { Device, getDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { admit } from './admit';
import { deviceFor } from './view';

/** GET /devices/{deviceId} (mode-api 5.6). */
export async function getDevice(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<Device> {
  const device = await admit(deps, caller, 'devices.get', params.deviceId);
  return deviceFor(deps.secrets, caller.principal, device);
}
