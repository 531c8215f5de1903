import type { InputOf, OutputOf } from '../../contracts/operation';
import type { renewStaffSetUp as operation } from '../../contracts/staff';
import type { Caller, Deps } from '../deps';
import { manageAccount } from './manage-account';
import { recordStaffDeed } from './record-staff-deed';
import { issueSetUp, toSetUpLink } from './set-up-link';

/**
 * POST /staff/accounts/{accountId}/setup: for who has not set the account up in time, or has lost password or
 * authenticator. What the account has now stays good until the link is used.
 */
export async function renewSetUp(
  deps: Pick<Deps, 'db' | 'clock' | 'publicUrl' | 'messaging'>,
  caller: Caller,
  { params: { accountId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const at = deps.clock.now();
  const secret = await manageAccount(deps, 'staff.renewSetUp', caller, accountId, async (tx) => {
    await recordStaffDeed(tx, caller, { action: 'staff.renewSetUp', accountId, at });
    return issueSetUp(tx, accountId, at);
  });
  return toSetUpLink(secret, deps.publicUrl ?? caller.origin ?? deps.messaging.origin);
}
