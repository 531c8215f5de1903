import { asc } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { OutputOf } from '../../contracts/operation';
import type { listStaff as operation } from '../../contracts/staff';
import { authorise, isAllowed } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { viewAccounts } from './account';

/** GET /staff/accounts: those that the caller manages, and the caller's own. */
export async function listAccounts(
  { db }: Pick<Deps, 'db'>,
  { principal }: Caller,
): Promise<OutputOf<typeof operation>> {
  authorise('staff.accounts', principal);
  const all = await viewAccounts(db, await db.select().from(staffAccounts).orderBy(asc(staffAccounts.id)));
  const items = all.filter(({ id, everyProject, projects }) => {
    const staffProjects = everyProject ? 'all' : projects.map((project) => project.id);
    const isOwn = principal.kind === 'staff' && principal.accountId === id;
    return isOwn || isAllowed('staff.update', principal, { exists: true, staffProjects });
  });
  return { items };
}
