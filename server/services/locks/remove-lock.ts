import type { CommandEnvelope } from '../../contracts/envelope';
import type { removeLock as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { giveUpLocks } from '../hubs/give-up-locks';
import { clearPins } from '../lock-pins/end-pins';
import { sendNextPin } from '../lock-pins/send-next';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';

/**
 * DELETE /locks/{id} (ours): PIN codes are cleared where the lock can be reached, running openings fail with LOCK_REMOVED
 * and their command is withdrawn, rights end, the MQTT identity is revoked, its hub is told to take it off the fabric.
 * Events and openings stay.
 */
export async function removeLock(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const { hubId } = await authoriseLock(deps, 'locks.remove', principal, params.id);
  await clearPins(deps, [params.id], identityOf(principal), (id) => sendNextPin(deps, id));
  const answer = await changeLock(deps, params.id, { type: 'Remove' }, principal);
  if (hubId !== null) void giveUpLocks(deps, { id: hubId });
  return answer;
}
