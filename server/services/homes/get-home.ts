import type { Home, getHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from './load-home';
import { toHome } from './view';

/** GET /homes/{homeId} (mode-api 5.2). */
export async function getHome(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<Home> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authorise('homes.get', principal, facts);
  if (home === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return toHome(home);
}
