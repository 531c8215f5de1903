import { isAllowed } from '../../domain/permissions';
import type { UserPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadManagedHome } from './load-managed-home';

/** By what kind of address a person may invite others to a home from its pages; undefined: not at all. */
export async function mayInvite(
  { db }: Pick<Deps, 'db'>,
  principal: UserPrincipal,
  homeId: number,
): Promise<'email' | 'phone' | undefined> {
  const { project, facts } = await loadManagedHome(db, principal, homeId);
  if (project === undefined || project.accountType === 'byou') return undefined;
  return isAllowed('members.add', principal, facts) ? project.accountType : undefined;
}
