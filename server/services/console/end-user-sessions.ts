import type { endUserSessions as operation } from '../../contracts/console-actions';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { endSessions } from '../user-session/end-sessions';
import { loadSupportedUser } from './load-supported';
import { recordUserDeed } from './record-support';

/** POST /staff/users/{userId}/end-sessions: all sessions of a person are dead from now on, with their sockets. */
export async function endUserSessions(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { user, staff } = await loadSupportedUser(deps.db, 'staff.endUserSessions', principal, params.userId);
  const ended = await deps.db.transaction(async (tx) => {
    const ids = await endSessions(tx, user.id, deps.clock.now());
    await recordUserDeed(deps, tx, { staff, address }, user, {
      action: 'user.end-sessions',
      reason: body.reason,
      data: { ended: ids.length },
    });
    return ids;
  });
  for (const id of ended) deps.bus.revoke({ kind: 'session', id });
  return { ended: ended.length };
}
