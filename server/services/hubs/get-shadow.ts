import type { InputOf, OutputOf } from '../../contracts/operation';
import type { getHubShadow as operation } from '../../contracts/things';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { showShadow } from '../shadows/show-shadow';
import { loadHub } from './load-hub';

/** GET /hubs/{id}/shadow (ours): the hub's own shadow for the owners of its home, without codes and sealed PINs. */
export async function getHubShadow(
  deps: Deps,
  { principal }: Pick<Caller, 'principal'>,
  { params }: Pick<InputOf<typeof operation>, 'params'>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(deps.db, principal, params.id);
  authorise('hubs.shadow', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  return showShadow(deps, hub.thingName);
}
