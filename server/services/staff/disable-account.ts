import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { disableStaff as operation } from '../../contracts/staff';
import type { Caller, Deps } from '../deps';
import { endStaffSessions } from './end-sessions';
import { manageAccount } from './manage-account';
import { recordStaffDeed } from './record-staff-deed';

/** POST /staff/accounts/{accountId}/disable: nobody signs in with it, and whoever is signed in is out. */
export async function disableAccount(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { accountId } }: InputOf<typeof operation>,
): Promise<undefined> {
  const at = deps.clock.now();
  await manageAccount(
    deps,
    'staff.disable',
    caller,
    accountId,
    async (tx, { disabledAt }) => {
      if (disabledAt !== null) return;
      await tx
        .update(staffAccounts)
        .set({ disabledAt: at, setupHash: null, setupExpiresAt: null })
        .where(eq(staffAccounts.id, accountId));
      await endStaffSessions(tx, accountId, at);
      await recordStaffDeed(tx, caller, { action: 'staff.disable', accountId, at });
    },
    { isForOthers: true },
  );
}
