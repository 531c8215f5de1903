import type { deleteHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { giveUpLocks } from '../hubs/give-up-locks';
import { loadManagedHome } from '../members/load-managed-home';
import { removeHome } from './remove-home';

/** DELETE /homes/{homeId} (mode-api 5.2): for all its members. Hubs that stood in it give up their locks. */
export async function deleteHome(
  deps: Deps,
  { principal, address }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { home, facts } = await loadManagedHome(deps.db, principal, params.homeId);
  authorise('homes.delete', principal, facts);
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await removeHome(tx, params.homeId, at);
    await recordDeed(tx, principal, {
      projectId: home?.projectId ?? 0,
      homeId: params.homeId,
      action: 'home.delete',
      subject: { kind: 'home', id: String(params.homeId) },
      address: address ?? null,
      at,
    });
  });
  deps.bus.revoke({ kind: 'home', homeId: params.homeId });
  void giveUpLocks(deps);
}
