import { eq } from 'drizzle-orm';
import { homes } from '@/drizzle/schema';
import type { deactivateHome as operation } from '../../contracts/console-actions';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { changeHome } from '../homes/change-home';
import { loadSupportedHome } from './load-supported';
import { recordHomeDeed } from './record-support';

/** POST /staff/homes/{homeId}/deactivate and /reactivate. Raises `conflict` where the home stands so already. */
const switchHome =
  (id: 'staff.deactivateHome' | 'staff.reactivateHome') =>
  async (
    deps: Deps,
    { principal, address }: Caller,
    { params, body }: InputOf<typeof operation>,
  ): Promise<undefined> => {
    const deactivated = id === 'staff.deactivateHome';
    const { home, staff } = await loadSupportedHome(deps.db, id, principal, params.homeId);
    const line = await deps.db.transaction(async (tx) => {
      const [held] = await tx
        .select({ deactivated: homes.deactivated })
        .from(homes)
        .where(eq(homes.id, home.id))
        .for('update');
      if (held === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
      if (held.deactivated === deactivated)
        throw new Failure('conflict', {
          reason: 'NOTHING_TO_CHANGE',
          message: deactivated ? 'The home is switched off already.' : 'The home is switched on already.',
        });
      const told = await changeHome(tx, home.id, { deactivated });
      await recordHomeDeed(deps, tx, { staff, address }, home, {
        action: deactivated ? 'home.deactivate' : 'home.reactivate',
        reason: body.reason,
      });
      return told;
    });
    deps.bus.announce([line]);
  };

export const deactivateHome = switchHome('staff.deactivateHome');
export const reactivateHome = switchHome('staff.reactivateHome');
