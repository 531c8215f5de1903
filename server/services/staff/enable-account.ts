import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { enableStaff as operation } from '../../contracts/staff';
import type { Caller, Deps } from '../deps';
import { manageAccount } from './manage-account';
import { recordStaffDeed } from './record-staff-deed';

/** POST /staff/accounts/{accountId}/enable */
export async function enableAccount(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { accountId } }: InputOf<typeof operation>,
): Promise<undefined> {
  const at = deps.clock.now();
  await manageAccount(deps, 'staff.enable', caller, accountId, async (tx, { disabledAt }) => {
    if (disabledAt === null) return;
    await tx.update(staffAccounts).set({ disabledAt: null }).where(eq(staffAccounts.id, accountId));
    await recordStaffDeed(tx, caller, { action: 'staff.enable', accountId, at });
  });
}
