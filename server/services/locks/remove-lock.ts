import type { CommandEnvelope } from '../../contracts/envelope';
import type { removeLock as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { clearPins } from '../lock-pins/end-pins';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';

/**
 * DELETE /locks/{id} (ours): PIN codes are cleared where the lock can be reached; running openings fail with LOCK_REMOVED and their command is withdrawn, rights end, the
 * MQTT identity is revoked. Events and openings stay.
 */
export async function removeLock(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  await authoriseLock(deps, 'locks.remove', principal, params.id);
  await clearPins(deps, [params.id], principal);
  return changeLock(deps, params.id, { type: 'Remove' }, principal);
}
