import type { CommandEnvelope } from '../../contracts/envelope';
import type { setLockOwner as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';
import { findPerson } from './find-person';

/** POST /locks/{id}/SetOwner (lock-api 7). Raises `not_found` for somebody who is not of the lock's project. */
export async function setOwner(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const lock = await authoriseLock(deps, 'locks.setOwner', principal, params.id);
  const user = await findPerson(deps.db, lock.projectId, { userId: body.userId });
  return changeLock(deps, lock.id, { type: 'SetOwner', userId: String(user.id) }, principal);
}
