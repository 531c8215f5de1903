import type { CommandEnvelope } from '../../contracts/envelope';
import type { addLockKey as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from '../locks/authorise-lock';
import { findPerson } from '../locks/find-person';
import { carryOut } from './carry-out';
import { newCommand, placeChange } from './place-change';

/**
 * POST /locks/{id}/AddKey (lock-api 7): told to the lock and recorded, or neither. Raises `not_found` for an unknown
 * person, `conflict` for a key or a place that is taken, `device_unreachable`.
 */
export async function addKey(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const lock = await authoriseLock(deps, 'locks.addKey', principal, params.id);
  const { keyUuid, keyIndexNumber: indexNumber, userId } = body;
  if (userId !== undefined) await findPerson(deps.db, lock.projectId, { userId });
  const { uuid, command } = await placeChange(deps, lock.id, (_state, now) =>
    newCommand(principal, lock.id, { kind: 'add', keyUuid, indexNumber, userId }, now),
  );
  return carryOut(deps, uuid, command);
}
