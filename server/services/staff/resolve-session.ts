import type { StaffPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { projectsOf } from './account';
import { findStaffSession } from './find-session';
import { asStaff } from './principal';

/**
 * The member of staff behind a cookie, with role and projects as they are now; undefined: nobody, and nobody yet as long
 * as the second factor is not proved.
 */
export async function resolveStaffSession(
  deps: Pick<Deps, 'db' | 'clock'>,
  token: string,
): Promise<StaffPrincipal | undefined> {
  const found = await findStaffSession(deps, token);
  if (found === undefined || found.session.provedAt === null) return undefined;
  return asStaff(found.account, await projectsOf(deps.db, found.account), found.session.id);
}
