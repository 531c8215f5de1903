import { eq } from 'drizzle-orm';
import { homes, locks, openings } from '@/drizzle/schema';
import type { deleteHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { closeOpenings } from '../openings/close-openings';
import { loadHome } from './load-home';

/** DELETE /homes/{homeId}: members go, locks are unassigned, running openings are closed and withdrawn (model 2). */
export async function deleteHome(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadHome(deps.db, principal, params.homeId);
  authorise('homes.delete', principal, facts);
  await deps.db.transaction(async (tx) => {
    const doors = await tx
      .select({ id: locks.id })
      .from(locks)
      .where(eq(locks.homeId, params.homeId))
      .orderBy(locks.id)
      .for('update');
    for (const door of doors) await closeOpenings(tx, door.id, 'HOME_DELETED', deps.clock.now());
    await tx.update(openings).set({ homeId: null }).where(eq(openings.homeId, params.homeId));
    await tx.delete(homes).where(eq(homes.id, params.homeId));
  });
  deps.bus.revoke({ kind: 'home', homeId: params.homeId });
}
