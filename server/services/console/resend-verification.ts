import type { resendVerification as operation } from '../../contracts/console-actions';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { issueVerification } from '../auth/issue-verification';
import type { Caller, Deps } from '../deps';
import { loadSupportedUser } from './load-supported';
import { recordUserDeed } from './record-support';

/**
 * POST /staff/users/{userId}/verification: the letter or code that confirms an address once more. Raises `invalid`
 * ALREADY_VERIFIED and NO_ACCOUNT, `rate_limited` at the sixth message in ten minutes.
 */
export async function resendVerification(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { user, staff } = await loadSupportedUser(
    deps.db,
    'staff.resendVerification',
    principal,
    params.userId,
  );
  if (user.verified)
    throw new Failure('invalid', {
      reason: 'ALREADY_VERIFIED',
      message: 'The address has been confirmed already.',
    });
  if (!user.registered || (user.email === null && user.phoneNumber === null))
    throw new Failure('invalid', {
      reason: 'NO_ACCOUNT',
      message: 'There is no account to confirm; send the invitation once more instead.',
    });
  await deps.db.transaction(async (tx) => {
    await issueVerification(deps, tx, user, undefined);
    await recordUserDeed(deps, tx, { staff, address }, user, {
      action: 'user.resend-verification',
      reason: body.reason,
    });
  });
}
