import type { sendHomeEvent as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure, invalidField } from '../../domain/errors';
import { memberText } from '../../domain/json-text';
import { isSystemEvent } from '../../domain/outgoing-event';
import { authorise } from '../../domain/permissions';
import { isStorable } from '../../domain/storable';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { recordEvent } from './record-event';

/** PUT /homes/{homeId}/event (mode-api 5.4): like a device event, with the project key as its origin. */
export async function sendHomeEvent(
  deps: Deps,
  { principal }: Caller,
  { params, body, raw = '' }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadHome(deps.db, principal, params.homeId);
  authorise('homes.event', principal, facts);
  if (principal.kind !== 'projectKey') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  if (isSystemEvent(body.eventType))
    throw invalidField('eventType', 'names that begin and end with _ are the cloud\u2019s own');
  if (!isStorable(body.eventType) || !isStorable(body.eventData))
    throw invalidField('eventData', 'cannot be stored: NUL, half a surrogate pair, or over 100 levels');
  const line = await recordEvent(
    deps.db,
    {
      eventType: body.eventType,
      eventData: body.eventData ?? {},
      timestamp: toTimestamp(deps.clock.now()),
      homeId: params.homeId,
      originProjectKeyId: String(principal.keyId),
      originProjectKeyName: principal.name,
    },
    body.eventData === undefined ? undefined : memberText(raw, 'eventData'),
  );
  if (line === undefined) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  deps.bus.announce([line]);
}
