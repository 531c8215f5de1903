import type { updateDesiredShadow as operation } from '../../contracts/matter-devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { movingMembers } from '../../domain/hub/matter-device';
import type { JsonObject } from '../../domain/json';
import { authorise } from '../../domain/permissions';
import { requireStorable } from '../../domain/storable';
import { hubIsSuspended } from '../commissionings/place-commissioning';
import type { Caller, Deps } from '../deps';
import { loadMatterDevice } from './load-matter-device';
import { updateState } from './update-state';

/**
 * POST /matter-devices/{id}/UpdateDesiredShadow (lock-api 7). Commands, and whatever could move a bolt, are refused with
 * `invalid`, whatever the device says it is: doors are opened by OpenLock alone.
 */
export async function updateDesiredShadow(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { device, isHubInUse, facts } = await loadMatterDevice(deps.db, principal, params.id);
  authorise('matterDevices.desired', principal, facts);
  if (device === undefined) throw new Failure('not_found');
  requireStorable('desired', body.desired);
  const desired = body.desired as JsonObject;
  const moving = movingMembers(desired);
  if (moving.length > 0) {
    throw new Failure('invalid', {
      issues: moving.map((path) => ({
        field: `desired.${path}`,
        message: 'could move a bolt; a door is opened by OpenLock',
      })),
    });
  }
  if (!isHubInUse) throw hubIsSuspended();
  return updateState(deps, device, { desired });
}
