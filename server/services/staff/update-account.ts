import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { updateStaff as operation } from '../../contracts/staff';
import type { Caller, Deps } from '../deps';
import { manageAccount } from './manage-account';
import { recordStaffDeed } from './record-staff-deed';

/** PATCH /staff/accounts/{accountId}: name and role. A role counts from the next request on. */
export async function updateAccount(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { accountId }, body: { name, role } }: InputOf<typeof operation>,
): Promise<undefined> {
  const at = deps.clock.now();
  await manageAccount(
    deps,
    'staff.update',
    caller,
    accountId,
    async (tx, row) => {
      const change = {
        ...(name === undefined || name === row.name ? {} : { name }),
        ...(role === undefined || role === row.role ? {} : { role }),
      };
      if (Object.keys(change).length === 0) return;
      await tx.update(staffAccounts).set(change).where(eq(staffAccounts.id, accountId));
      await recordStaffDeed(tx, caller, { action: 'staff.update', accountId, at, data: change });
    },
    { isForOthers: role !== undefined },
  );
}
