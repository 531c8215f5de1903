import type { OutputOf } from '../../contracts/operation';
import type { endOtherStaffSessions as operation } from '../../contracts/staff-account';
import type { Caller, Deps } from '../deps';
import { endStaffSessions } from './end-sessions';
import { loadOwn } from './own-account';
import { recordStaffDeed } from './record-staff-deed';

/** DELETE /staff/account/sessions: all of the caller's but this one. */
export async function endOwnSessions(deps: Deps, caller: Caller): Promise<OutputOf<typeof operation>> {
  const { row, staff } = await loadOwn(deps, 'staff.endOtherSessions', caller);
  const at = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const ended = await endStaffSessions(tx, row.id, at, { but: staff.sessionId });
    const deed = { action: 'staff.endSessions', accountId: row.id, at, data: { ended } };
    if (ended > 0) await recordStaffDeed(tx, caller, deed);
    return { ended };
  });
}
