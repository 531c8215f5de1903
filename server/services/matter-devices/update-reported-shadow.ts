import type { updateReportedShadow as operation } from '../../contracts/matter-devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { JsonObject } from '../../domain/json';
import { authorise } from '../../domain/permissions';
import { requireStorable } from '../../domain/storable';
import { hubIsSuspended } from '../commissionings/place-commissioning';
import type { Caller, Deps } from '../deps';
import { loadMatterDevice } from './load-matter-device';
import { updateState } from './update-state';

/** POST /matter-devices/{id}/UpdateReportedShadow (lock-api 7): what a device would have reported by itself. */
export async function updateReportedShadow(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { device, isHubInUse, facts } = await loadMatterDevice(deps.db, principal, params.id);
  authorise('matterDevices.reported', principal, facts);
  if (device === undefined) throw new Failure('not_found');
  requireStorable('reported', body.reported);
  if (!isHubInUse) throw hubIsSuspended();
  return updateState(deps, device, { reported: body.reported as JsonObject });
}
