import type { lockActivity as operation } from '../../contracts/activity';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { scopeOfLock } from './activity-scope';
import { readPlaceText } from './find-lines';
import { type ActivityPage, readActivity } from './read-activity';
import { readFilter } from './read-filter';

/** Lines a page. */
export const activityPageSize = 30;

/**
 * GET /locks/{id}/activity (ours): openings and refusals of a door, newest first. Guests see their own; addresses are
 * for owners. Raises `forbidden`, `not_found`, and `invalid` for a cursor that is none.
 */
export async function listLockActivity(
  deps: Deps,
  { principal }: Pick<Caller, 'principal'>,
  { params, query }: Pick<InputOf<typeof operation>, 'params' | 'query'>,
): Promise<ActivityPage> {
  const scope = await scopeOfLock(deps, principal, params.id);
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
