import type { InputOf } from '../../contracts/operation';
import type { getThingShadow as operation } from '../../contracts/things';
import { authorise } from '../../domain/permissions';
import { type Caller, type Deps, defaultShadowRules } from '../deps';
import { askShadow } from '../shadows/ask-shadow';
import { failureOf } from '../shadows/fail';
import { getShadow } from '../shadows/get-shadow';
import { loadThing } from './load-thing';

/** GET /things/{thing}/shadow (device-shadow 10). Raises `not_found` where there is no shadow. */
export async function getThingShadow(
  deps: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<Record<string, unknown>> {
  const { facts } = await loadThing(deps, principal, params.thing);
  authorise('things.getShadow', principal, facts);
  const address = { thing: params.thing, name: query.name ?? '' };
  if ((deps.shadowRules ?? defaultShadowRules).keeper === 'aws') return askShadow(deps, address, 'get', {});
  const answer = await getShadow(deps, address, {});
  if (!answer.ok) throw failureOf(answer.rejection);
  return answer.accepted;
}
