import { envelope } from '../../contracts/envelope';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { deleteTempKey as operation } from '../../contracts/temp-keys';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { endLink } from './end-link';
import { findLinkOfLock } from './load-link';

/** POST /locks/{id}/delete-temp-key (lock-api 7): the whole link goes, at its other doors too. */
export async function deleteTempKey(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const tempKeyUuid = body.tempKeyUuid.toLowerCase();
  const { lock, facts } = await loadLock(deps.db, principal, params.id, deps.clock.now());
  authorise('locks.deleteTempKey', principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  const link = await findLinkOfLock(deps.db, tempKeyUuid, lock.id);
  const ended = link === undefined ? undefined : await endLink(deps, tempKeyUuid, principal);
  const told = ended?.recorded.get(lock.id);
  if (told === undefined) throw new Failure('not_found');
  const event =
    told.event === null
      ? null
      : { type: told.event.type, data: told.event.data as unknown as Record<string, unknown> };
  return { ...envelope(lock.id, told.version, event), tempKeyUuid };
}
