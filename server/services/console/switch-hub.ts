import { and, eq } from 'drizzle-orm';
import { hubs } from '@/drizzle/schema';
import type { suspendHomeHub as operation } from '../../contracts/console-actions';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { holdAndResume, holdAndSuspend } from '../hubs/hold-and-suspend';
import { loadSupportedHome } from './load-supported';
import { recordHomeDeed } from './record-support';

/** POST /staff/homes/{homeId}/hubs/{hubId}/suspend and /resume. Raises `not_found` for hubs of other homes, `invalid`. */
const switchHub =
  (id: 'staff.suspendHub' | 'staff.resumeHub') =>
  async (
    deps: Deps,
    { principal, address }: Caller,
    { params, body }: InputOf<typeof operation>,
  ): Promise<undefined> => {
    const { home, staff } = await loadSupportedHome(deps.db, id, principal, params.homeId);
    const [hub] = await deps.db
      .select({ id: hubs.id })
      .from(hubs)
      .where(and(eq(hubs.id, params.hubId), eq(hubs.homeId, home.id)));
    if (hub === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    const by = { reason: body.reason, userId: `staff:${staff.accountId}` };
    const isSuspension = id === 'staff.suspendHub';
    const { lines } = await deps.db.transaction(async (tx) => {
      const at = deps.clock.now();
      const change = await (isSuspension ? holdAndSuspend : holdAndResume)(tx, hub.id, by, at);
      if (change.hub.homeId !== home.id) throw new Failure('not_found', { reason: 'NOT_FOUND' });
      await recordHomeDeed(deps, tx, { staff, address }, home, {
        action: isSuspension ? 'hub.suspend' : 'hub.resume',
        reason: body.reason,
        subject: { kind: 'hub', id: hub.id },
      });
      return change;
    });
    deps.bus.announce(lines);
  };

export const suspendHomeHub = switchHub('staff.suspendHub');
export const resumeHomeHub = switchHub('staff.resumeHub');
