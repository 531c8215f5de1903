import type { InputOf } from '../../contracts/operation';
import type { endStaffSessions as operation } from '../../contracts/staff';
import type { Caller, Deps } from '../deps';
import { endStaffSessions } from './end-sessions';
import { manageAccount } from './manage-account';
import { recordStaffDeed } from './record-staff-deed';

/** DELETE /staff/accounts/{accountId}/sessions */
export async function endAccountSessions(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { accountId } }: InputOf<typeof operation>,
): Promise<undefined> {
  const at = deps.clock.now();
  await manageAccount(deps, 'staff.endSessions', caller, accountId, async (tx) => {
    const ended = await endStaffSessions(tx, accountId, at);
    await recordStaffDeed(tx, caller, { action: 'staff.endSessions', accountId, at, data: { ended } });
  });
}
