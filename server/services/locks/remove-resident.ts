import type { CommandEnvelope } from '../../contracts/envelope';
import type { removeLockResident as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';
import { findPerson } from './find-person';

/** POST /locks/{id}/RemoveResident (lock-api 7). Raises `not_found` for somebody who is no resident. */
export async function removeResident(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const lock = await authoriseLock(deps, 'locks.removeResident', principal, params.id);
  const user = await findPerson(deps.db, lock.projectId, body);
  return changeLock(deps, lock.id, { type: 'RemoveResident', userId: String(user.id) }, principal);
}
