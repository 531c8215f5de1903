import type { deleteHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from './load-home';
import { removeHome } from './remove-home';

/** DELETE /homes/{homeId} (mode-api 5.2): for all its members. */
export async function deleteHome(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadHome(deps.db, principal, params.homeId);
  authorise('homes.delete', principal, facts);
  await deps.db.transaction((tx) => removeHome(tx, params.homeId, deps.clock.now()));
  deps.bus.revoke({ kind: 'home', homeId: params.homeId });
}
