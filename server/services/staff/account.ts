import { asc, eq, inArray, sql } from 'drizzle-orm';
import { projects, staffAccounts, staffGrants, staffSessions } from '@/drizzle/schema';
import type { StaffAccount } from '../../contracts/staff';
import { toTimestamp } from '../../contracts/values';
import type { Executor } from '../../db/client';
import type { Facts } from '../../domain/permissions';

export type StaffRow = typeof staffAccounts.$inferSelect;
type Reader = Pick<Executor, 'select'>;

/** Ids of the projects that an account works for, in order; all of them is a word of its own. */
export async function projectsOf(
  executor: Reader,
  { id, everyProject }: Pick<StaffRow, 'id' | 'everyProject'>,
): Promise<readonly number[] | 'all'> {
  if (everyProject) return 'all';
  const rows = await executor
    .select({ id: staffGrants.projectId })
    .from(staffGrants)
    .where(eq(staffGrants.accountId, id))
    .orderBy(asc(staffGrants.projectId));
  return rows.map(({ id: projectId }) => projectId);
}

export interface LoadedAccount {
  row: StaffRow | undefined;
  facts: Facts;
}

/** A staff account and what the permission table asks of it. */
export async function loadAccount(executor: Reader, accountId: number): Promise<LoadedAccount> {
  const [row] = await executor.select().from(staffAccounts).where(eq(staffAccounts.id, accountId));
  if (row === undefined) return { row, facts: { exists: false } };
  return { row, facts: { exists: true, staffProjects: await projectsOf(executor, row) } };
}

/** The account with this address, whatever its case. */
export async function accountByEmail(executor: Reader, email: string): Promise<StaffRow | undefined> {
  const [row] = await executor
    .select()
    .from(staffAccounts)
    .where(sql`lower(${staffAccounts.email}) = lower(${email})`);
  return row;
}

/** Accounts as the wire shows them; of passwords and secrets only whether there are any. */
export async function viewAccounts(executor: Reader, rows: readonly StaffRow[]): Promise<StaffAccount[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [granted, used] = await Promise.all([
    executor
      .select({ accountId: staffGrants.accountId, id: projects.id, name: projects.name })
      .from(staffGrants)
      .innerJoin(projects, eq(projects.id, staffGrants.projectId))
      .where(inArray(staffGrants.accountId, ids))
      .orderBy(asc(projects.id)),
    executor
      .select({ accountId: staffSessions.accountId, at: sql<string>`max(${staffSessions.lastSeenAt})` })
      .from(staffSessions)
      .where(sql`${inArray(staffSessions.accountId, ids)} and ${staffSessions.provedAt} is not null`)
      .groupBy(staffSessions.accountId),
  ]);
  return rows.map((row) => {
    const last = used.find(({ accountId }) => accountId === row.id);
    return {
      id: row.id,
      email: row.email,
      name: row.name,
      role: row.role,
      everyProject: row.everyProject,
      projects: granted.filter(({ accountId }) => accountId === row.id).map(({ id, name }) => ({ id, name })),
      isSetUp: row.passwordHash !== null,
      hasFactor: row.sealedTotp !== null,
      disabled: row.disabledAt !== null,
      creationTime: toTimestamp(row.createdAt),
      ...(last === undefined ? {} : { lastUseTime: toTimestamp(new Date(last.at)) }),
    };
  });
}
