import type { InputOf, OutputOf } from '../../contracts/operation';
import type { getLockShadow as operation } from '../../contracts/things';
import type { Caller, Deps } from '../deps';
import { showShadow } from '../shadows/show-shadow';
import { authoriseLock } from './authorise-lock';

/** GET /locks/{id}/shadow (ours): the lock's shadow for the owners of its home, without codes. */
export async function getLockShadow(
  deps: Deps,
  { principal }: Pick<Caller, 'principal'>,
  { params }: Pick<InputOf<typeof operation>, 'params'>,
): Promise<OutputOf<typeof operation>> {
  const lock = await authoriseLock(deps, 'locks.shadow', principal, params.id);
  return showShadow(deps, `lock-${lock.uuid}`);
}
