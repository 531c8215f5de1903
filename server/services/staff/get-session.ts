import type { OutputOf } from '../../contracts/operation';
import type { getStaffSession as operation } from '../../contracts/staff';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { findStaffSession } from './find-session';
import { hasStaffPasskey } from './passkey-rows';
import { viewSession } from './view-session';

/** GET /staff/session: what the sign-in of this browser wants next. */
export async function getStaffSession(
  deps: Deps,
  { principal, staffToken }: Caller,
): Promise<OutputOf<typeof operation>> {
  authorise('staff.getSession', principal);
  const found = await findStaffSession(deps, staffToken);
  const isWanted = found !== undefined && found.session.provedAt === null;
  return viewSession(found, isWanted && (await hasStaffPasskey(deps.db, found.account.id)));
}
