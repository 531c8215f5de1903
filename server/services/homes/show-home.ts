import type { Home } from '../../contracts/homes';
import { toCursor } from '../../domain/cursor';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { UserPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadHome } from './load-home';
import { toHome } from './view';

/** A home as its pages need it: what the viewer is in it, and where its log stood before anything else was read. */
export interface ShownHome extends Home {
  role: 'owner' | 'member' | 'guest';
  cursor: string;
}

/** A home for the pages of a person who is in it. Errors: `not_found`, `forbidden`. */
export async function showHome({ db }: Deps, principal: UserPrincipal, homeId: number): Promise<ShownHome> {
  const { home, facts } = await loadHome(db, principal, homeId);
  authorise('homes.get', principal, facts);
  if (home === undefined || facts.role === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return { ...toHome(home), role: facts.role, cursor: toCursor(home.id, home.position) };
}
