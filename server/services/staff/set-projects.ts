import { and, eq, inArray } from 'drizzle-orm';
import { staffAccounts, staffGrants } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { setStaffProjects as operation } from '../../contracts/staff';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { requireProjects } from './add-account';
import { manageAccount } from './manage-account';
import { recordStaffDeed } from './record-staff-deed';

/**
 * PUT /staff/accounts/{accountId}/projects: those it works for from the next request on, all others no longer. The caller
 * must work for each of them too.
 */
export async function setProjects(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { accountId }, body: { everyProject = false, projects = [] } }: InputOf<typeof operation>,
): Promise<undefined> {
  const at = deps.clock.now();
  const wanted = everyProject ? [] : [...new Set(projects)];
  await manageAccount(
    deps,
    'staff.setProjects',
    caller,
    accountId,
    async (tx, row, before) => {
      const staffProjects = everyProject ? 'all' : wanted;
      authorise('staff.setProjects', caller.principal, { exists: true, staffProjects });
      await requireProjects(tx, wanted);
      const had = before === 'all' ? [] : before;
      const added = wanted.filter((id) => !had.includes(id));
      const removed = had.filter((id) => !wanted.includes(id));
      if (row.everyProject !== everyProject) {
        await tx.update(staffAccounts).set({ everyProject }).where(eq(staffAccounts.id, accountId));
        const action = everyProject ? 'staff.grantAll' : 'staff.revokeAll';
        await recordStaffDeed(tx, caller, { action, accountId, at });
      }
      if (added.length > 0)
        await tx.insert(staffGrants).values(added.map((projectId) => ({ accountId, projectId })));
      if (removed.length > 0)
        await tx
          .delete(staffGrants)
          .where(and(eq(staffGrants.accountId, accountId), inArray(staffGrants.projectId, removed)));
      const data = { email: row.email, role: row.role };
      for (const projectId of added)
        await recordStaffDeed(tx, caller, { action: 'staff.grant', accountId, at, projectId, data });
      for (const projectId of removed)
        await recordStaffDeed(tx, caller, { action: 'staff.revoke', accountId, at, projectId, data });
    },
    { isForOthers: true },
  );
}
