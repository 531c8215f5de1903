import type { CommandEnvelope } from '../../contracts/envelope';
import type { removeLockKey as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import { findKey } from '../../domain/lock/decide';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from '../locks/authorise-lock';
import { carryOut } from './carry-out';
import { newCommand, placeChange } from './place-change';

/**
 * POST /locks/{id}/RemoveKey (lock-api 7). Raises `invalid` when no key is named, `not_found` for one that the lock has
 * not, `device_unreachable`.
 */
export async function removeKey(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const lock = await authoriseLock(deps, 'locks.removeKey', principal, params.id);
  const { uuid, command } = await placeChange(deps, lock.id, (state, now) => {
    const key = findKey(state, body);
    const change = { kind: 'remove' as const, keyUuid: key.uuid, indexNumber: key.indexNumber };
    return newCommand(principal, lock.id, { ...change, userId: undefined }, now);
  });
  return carryOut(deps, uuid, command);
}
