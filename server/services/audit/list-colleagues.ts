import { asc, exists, inArray, or, sql } from 'drizzle-orm';
import { staffAccounts, staffGrants } from '@/drizzle/schema';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';

const most = 500;

/** A member of staff whose deeds stand in the trail. */
export interface Colleague {
  id: number;
  name: string;
  email: string;
}

/**
 * Staff whose deeds a member of staff may meet in the audit trail, by name: those who work for a project of theirs, those
 * who work for all, and themselves. Raises `forbidden` for everybody else.
 */
export async function listColleagues(
  { db }: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
): Promise<Colleague[]> {
  authorise('staff.audit', principal);
  if (principal.kind !== 'staff') throw new Failure('forbidden');
  const { projects, accountId } = principal;
  const worksForOurs = (ids: readonly number[]) =>
    exists(
      db
        .select({ one: sql`1` })
        .from(staffGrants)
        .where(
          sql`${staffGrants.accountId} = ${staffAccounts.id} and ${inArray(staffGrants.projectId, [...ids])}`,
        ),
    );
  return db
    .select({ id: staffAccounts.id, name: staffAccounts.name, email: staffAccounts.email })
    .from(staffAccounts)
    .where(
      projects === 'all'
        ? undefined
        : or(
            sql`${staffAccounts.id} = ${accountId}`,
            staffAccounts.everyProject,
            projects.length === 0 ? undefined : worksForOurs(projects),
          ),
    )
    .orderBy(asc(staffAccounts.name), asc(staffAccounts.id))
    .limit(most);
}
