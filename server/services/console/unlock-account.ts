import type { unlockAccount as operation } from '../../contracts/console-actions';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { clearAttempts, loginSubject, sendingSubject } from '../rates/clear-attempts';
import { loadSupportedUser } from './load-supported';
import { recordUserDeed } from './record-support';

/**
 * POST /staff/users/{userId}/unlock: tries to sign in and messages to the addresses of the person are counted anew, so
 * that nobody waits. Passwords and codes stay what they are.
 */
export async function unlockAccount(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { user, staff } = await loadSupportedUser(deps.db, 'staff.unlockAccount', principal, params.userId);
  const accounts = [user.email, user.phoneNumber].flatMap((one) => one ?? []);
  const subjects = accounts.flatMap((account) => [
    loginSubject(user.projectId, account),
    sendingSubject(user.projectId, account),
  ]);
  const cleared = await deps.db.transaction(async (tx) => {
    const count = await clearAttempts(tx, subjects);
    await recordUserDeed(deps, tx, { staff, address }, user, {
      action: 'user.unlock',
      reason: body.reason,
      data: { cleared: count },
    });
    return count;
  });
  return { cleared };
}
