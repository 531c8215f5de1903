import type { CommandEnvelope } from '../../contracts/envelope';
import type { writeLockKey as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from '../locks/authorise-lock';
import { carryOut } from './carry-out';
import { newCommand, placeChange } from './place-change';

/** POST /locks/{id}/WriteKey (lock-api 7): the lock writes a card. Raises `device_unreachable`. */
export async function writeKey(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const lock = await authoriseLock(deps, 'locks.writeKey', principal, params.id);
  const { keyUuid, keyIndexNumber: indexNumber } = body;
  const { uuid, command } = await placeChange(deps, lock.id, (_state, now) =>
    newCommand(principal, lock.id, { kind: 'write', keyUuid, indexNumber, userId: undefined }, now),
  );
  return carryOut(deps, uuid, command);
}
