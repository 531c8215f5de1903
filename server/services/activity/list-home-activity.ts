import type { homeActivity as operation } from '../../contracts/activity';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { scopeOfHome } from './activity-scope';
import { readPlaceText } from './find-lines';
import { activityPageSize } from './list-lock-activity';
import { type ActivityPage, readActivity } from './read-activity';
import { readFilter } from './read-filter';

/**
 * GET /homes/{homeId}/activity (ours): openings and refusals of all doors of a home, newest first. Guests see their own;
 * addresses are for owners. Raises `forbidden`, `not_found`, and `invalid` for a cursor that is none.
 */
export async function listHomeActivity(
  deps: Deps,
  { principal }: Pick<Caller, 'principal'>,
  { params, query }: Pick<InputOf<typeof operation>, 'params' | 'query'>,
): Promise<ActivityPage> {
  const scope = await scopeOfHome(deps, principal, params.homeId, query.lockId);
  const place = readPlaceText(query.after);
  const { items, next } = await readActivity(
    deps,
    scope,
    readFilter(query, scope.zone),
    place,
    activityPageSize,
  );
  return { items, next };
}
