import type { CommandEnvelope } from '../../contracts/envelope';
import type { changeLock as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';

/** PATCH /locks/{id} (ours): name and gesture. What is sent as it stands already is no event. */
export async function updateLock(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  await authoriseLock(deps, 'locks.update', principal, params.id);
  return changeLock(deps, params.id, { type: 'Change', ...body });
}
