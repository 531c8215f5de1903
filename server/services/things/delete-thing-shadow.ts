import type { InputOf } from '../../contracts/operation';
import type { deleteThingShadow as operation } from '../../contracts/things';
import { authorise } from '../../domain/permissions';
import { shadowPrefix } from '../../domain/topics';
import { type Caller, type Deps, defaultShadowRules } from '../deps';
import { askShadow } from '../shadows/ask-shadow';
import { deleteShadow } from '../shadows/delete-shadow';
import { failureOf } from '../shadows/fail';
import { loadThing } from './load-thing';

/** DELETE /things/{thing}/shadow (device-shadow 10). Raises `not_found` where there is no shadow. */
export async function deleteThingShadow(
  deps: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<Record<string, unknown>> {
  const { facts } = await loadThing(deps, principal, params.thing);
  authorise('things.deleteShadow', principal, facts);
  const address = { thing: params.thing, name: query.name ?? '' };
  if ((deps.shadowRules ?? defaultShadowRules).keeper === 'aws')
    return askShadow(deps, address, 'delete', {});
  const answer = await deleteShadow(deps, address, {});
  if (!answer.ok) throw failureOf(answer.rejection);
  deps.shadow.tell([{ topic: `${shadowPrefix(address)}/delete/accepted`, document: answer.accepted }]);
  return answer.accepted;
}
