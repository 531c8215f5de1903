import { isAllowed } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadHome } from './load-home';

/** Whether the caller may follow what happens in a home: the same right as reading it. */
export async function mayListen(
  { db }: Pick<Deps, 'db'>,
  principal: Principal,
  homeId: number,
): Promise<boolean> {
  const { facts } = await loadHome(db, principal, homeId);
  return isAllowed('homes.get', principal, facts);
}
