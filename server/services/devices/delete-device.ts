import type { deleteDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { admit } from './admit';
import { releaseFromHome } from './release-from-home';

/**
 * DELETE /devices/{deviceId} (mode-api 5.6): a pre-provisioned device only leaves its home and keeps key and claim
 * code; one made on demand is destroyed, its key revoked and its connections closed.
 */
export async function deleteDevice(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const device = await admit(deps, caller, 'devices.delete', params.deviceId);
  const line = await deps.db.transaction(async (tx) => {
    await recordDeed(tx, caller.principal, {
      projectId: device.projectId,
      homeId: device.homeId,
      action: device.isOnDemand ? 'device.delete' : 'device.release',
      subject: { kind: 'device', id: String(device.id) },
      address: caller.address ?? null,
      at: deps.clock.now(),
    });
    return releaseFromHome(tx, device);
  });
  deps.bus.announce([line]);
  if (device.isOnDemand) deps.bus.revoke({ kind: 'device', id: device.id });
}
