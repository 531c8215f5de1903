import type { sendDeviceEvent as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { isSystemEvent } from '../../domain/outgoing-event';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadDevice } from '../devices/load-device';
import { sharedEventBatches } from './event-batches';

/** PUT /devices/{deviceId}/event (mode-api 5.6, 6.3): answered when the event is stored, delivery is not awaited. */
export async function sendDeviceEvent(
  deps: Deps,
  caller: Caller,
  { params, body, raw }: InputOf<typeof operation>,
): Promise<undefined> {
  const { principal, address } = caller;
  const { deviceId } = params;
  const load = async () => (await loadDevice(deps.db, principal, deviceId)).facts;
  // A device that was let in a moment ago is there; anything else is looked at first.
  const facts =
    principal.kind === 'device' && principal.deviceId === deviceId
      ? { exists: true, projectId: principal.projectId, subjectDeviceId: deviceId }
      : await load();
  authorise('devices.event', principal, facts);
  const outcome = await sharedEventBatches(deps).put({
    deviceId,
    payload: raw ?? '',
    parsed: body,
    address,
    ...(principal.kind === 'device' ? { place: principal.place, keyHash: principal.unproved } : {}),
  });
  switch (outcome) {
    case 'stored':
      return;
    case 'no-home':
      if ((await load()).deactivated === true)
        throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
      throw new Failure('forbidden', { reason: 'DEVICE_NOT_IN_HOME' });
    case 'limited':
      throw new Failure('rate_limited', { reason: 'RATE_LIMIT_EXCEEDED', retryAfterSeconds: 1 });
    default:
      throw isSystemEvent(body.eventType)
        ? invalidField('eventType', 'names that begin and end with _ are the cloud\u2019s own')
        : invalidField('eventData', 'cannot be stored: NUL, half a surrogate pair, or over 100 levels');
  }
}
