import type { InputOf, OutputOf } from '../../contracts/operation';
import type { revokeTempKey as operation } from '../../contracts/temp-keys';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { endLink } from './end-link';
import { loadLink } from './load-link';

/** DELETE /temp-keys/{uuid} (lock-api 7): of two at once the second is told `alreadyRevoked`. */
export async function revokeLink(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const uuid = params.uuid.toLowerCase();
  const { facts } = await loadLink(deps.db, principal, uuid);
  authorise('tempKeys.revoke', principal, facts);
  const ended = await endLink(deps, uuid, principal);
  if (ended === undefined) throw new Failure('not_found');
  return { success: true, uuid, alreadyRevoked: ended.alreadyRevoked };
}
