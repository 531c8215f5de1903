import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import { staffPasswordLeast } from '../../contracts/staff';
import type { changeStaffPassword as operation } from '../../contracts/staff-account';
import { checkPassword } from '../../domain/account';
import { invalidField } from '../../domain/errors';
import { hashPassword, isPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { endStaffSessions } from './end-sessions';
import { loadOwn, proveOwn } from './own-account';
import { recordStaffDeed } from './record-staff-deed';

/**
 * POST /staff/account/password: for whoever knows the old password and has the authenticator; every other session ends.
 * Raises `invalid` INCORRECT_PASSWORD, or at the new password or the code, and `rate_limited`.
 */
export async function changeOwnPassword(
  deps: Deps,
  caller: Caller,
  { body: { currentPassword, newPassword, code } }: InputOf<typeof operation>,
): Promise<undefined> {
  const own = await loadOwn(deps, 'staff.changePassword', caller);
  const { row, staff } = own;
  const failure = checkPassword(newPassword, row.email, 'newPassword', staffPasswordLeast);
  if (failure) throw failure;
  await countAttempt(deps, `staff password ${row.id}`, 5, 60);
  if (!(await isPassword(row.passwordHash, currentPassword)))
    throw invalidField('currentPassword', 'is not the password of this account', 'INCORRECT_PASSWORD');
  await proveOwn(deps, caller, own, code);
  const passwordHash = await hashPassword(newPassword);
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await tx.update(staffAccounts).set({ passwordHash }).where(eq(staffAccounts.id, row.id));
    const ended = await endStaffSessions(tx, row.id, at, { but: staff.sessionId });
    const deed = { action: 'staff.changePassword', accountId: row.id, at, data: { ended } };
    await recordStaffDeed(tx, caller, deed);
  });
}
