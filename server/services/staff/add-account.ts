import { inArray } from 'drizzle-orm';
import { projects, staffAccounts, staffGrants } from '@/drizzle/schema';
import type { StaffRole } from '../../contracts/staff';
import { staffPasswordLeast } from '../../contracts/staff';
import type { Executor } from '../../db/client';
import { checkPassword } from '../../domain/account';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { requireEmail } from '../auth/find-account';
import { hashPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import type { StaffRow } from './account';
import { recordStaffDeed } from './record-staff-deed';
import { issueSetUp, type SetUpSecret } from './set-up-link';

export interface WantedAccount {
  email: string;
  name: string;
  role: StaffRole;
  projects: readonly number[] | 'all';
  /** Set at once; absent: a link sets it. */
  password?: string | undefined;
}

/** Raises `invalid` for a project that is not there. */
export async function requireProjects(
  executor: Pick<Executor, 'select'>,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const found = await executor
    .select({ id: projects.id })
    .from(projects)
    .where(inArray(projects.id, [...ids]));
  const known = new Set(found.map(({ id }) => id));
  if (ids.some((id) => !known.has(id))) throw invalidField('projects', 'there is no such project');
}

/** Raises `invalid` for a password that is no good for staff. */
export function requireStaffPassword(password: string, email: string): void {
  const failure = checkPassword(password, email, 'password', staffPasswordLeast);
  if (failure) throw failure;
}

/**
 * Makes a staff account, with a password or with a link that sets one; either way it is worth nothing before an
 * authenticator was proved. Raises `invalid`, or as the permission table says.
 */
export async function addAccount(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { password, ...wanted }: WantedAccount,
): Promise<{ account: StaffRow; setUp: SetUpSecret | undefined }> {
  authorise('staff.create', caller.principal, { staffProjects: wanted.projects });
  const email = requireEmail(wanted.email);
  if (password !== undefined) requireStaffPassword(password, email);
  const now = clock.now();
  const ids = wanted.projects === 'all' ? [] : [...new Set(wanted.projects)];
  await requireProjects(db, ids);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return db.transaction(async (tx) => {
    const [account] = await tx
      .insert(staffAccounts)
      .values({
        email,
        name: wanted.name,
        role: wanted.role,
        everyProject: wanted.projects === 'all',
        passwordHash,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning();
    if (account === undefined) throw invalidField('email', 'is in use', 'DUPLICATE_EMAIL');
    if (ids.length > 0)
      await tx.insert(staffGrants).values(ids.map((projectId) => ({ accountId: account.id, projectId })));
    const setUp = passwordHash === null ? await issueSetUp(tx, account.id, now) : undefined;
    const deed = { action: 'staff.create', accountId: account.id, at: now };
    const data = { email, role: wanted.role };
    await recordStaffDeed(tx, caller, { ...deed, data: { ...data, projects: wanted.projects } });
    for (const projectId of ids)
      await recordStaffDeed(tx, caller, { ...deed, action: 'staff.grant', projectId, data });
    return { account, setUp };
  });
}
