import type { listHomeEvents as operation } from '../../contracts/devices';
import type { InputOf, RawJson } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { readEventPage } from './read-page';

/** GET /homes/{homeId}/events (ours): fifty a page, by type and time. */
export async function listHomeEvents(
  { db }: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<RawJson> {
  const { facts } = await loadHome(db, principal, params.homeId);
  authorise('homes.events', principal, facts);
  return readEventPage(db, params.homeId, query);
}
