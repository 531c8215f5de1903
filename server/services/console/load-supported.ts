import { eq } from 'drizzle-orm';
import { homes } from '@/drizzle/schema';
import type { OperationId } from '../../contracts/registry';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal, StaffPrincipal } from '../../domain/principal';
import type { HomeRow } from '../homes/view';
import { loadUser } from '../users/load-user';
import type { UserRow } from '../users/view';

const missing = () => new Failure('not_found', { reason: 'NOT_FOUND' });

/** The member of staff who calls; whoever else got past the table is refused. Raises `forbidden`. */
export function requireStaffPrincipal(principal: Principal): StaffPrincipal {
  if (principal.kind !== 'staff') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  return principal;
}

/** A home that the calling member of staff may do this to. Raises `not_found` across projects, `forbidden`. */
export async function loadSupportedHome(
  executor: Executor,
  operation: OperationId,
  principal: Principal,
  homeId: number,
): Promise<{ home: HomeRow; staff: StaffPrincipal }> {
  const [home] = await executor.select().from(homes).where(eq(homes.id, homeId));
  authorise(operation, principal, { exists: home !== undefined, projectId: home?.projectId ?? null });
  if (home === undefined) throw missing();
  return { home, staff: requireStaffPrincipal(principal) };
}

/** An account that the calling member of staff may do this to. Raises `not_found` across projects, `forbidden`. */
export async function loadSupportedUser(
  executor: Executor,
  operation: OperationId,
  principal: Principal,
  userId: number,
): Promise<{ user: UserRow; staff: StaffPrincipal }> {
  const { user, facts } = await loadUser(executor, userId);
  authorise(operation, principal, facts);
  if (user === undefined) throw missing();
  return { user, staff: requireStaffPrincipal(principal) };
}
