import type { InputOf } from '../../contracts/operation';
import type { updateThingShadow as operation } from '../../contracts/things';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import { defaultLimits, parseUpdate, type UpdateRequest } from '../../domain/shadow/request';
import { shadowPrefix } from '../../domain/topics';
import { type Caller, type Deps, defaultShadowRules } from '../deps';
import { askShadow } from '../shadows/ask-shadow';
import { failureOf } from '../shadows/fail';
import { updateShadow } from '../shadows/update-shadow';
import type { Thing } from './find-thing';
import { loadThing } from './load-thing';

/** A command of a door has an intent, an expiry and a caller, none of which a bare document has (model 3). */
function refuseCommand(principal: Principal, thing: Thing | undefined, request: UpdateRequest): void {
  if (principal.kind === 'thing' || thing?.kind === 'device') return;
  const desired = request.state?.desired;
  const isCommand = desired && Object.hasOwn(desired, 'command') && desired.command !== null;
  if (isCommand)
    throw new Failure('forbidden', { message: 'Commands of locks and hubs go through the lock API' });
}

/**
 * POST /things/{thing}/shadow (device-shadow 10): the same update as by MQTT, whose documents go out there too; a
 * refusal goes to the caller alone. Raises what device-shadow 6 lists.
 */
export async function updateThingShadow(
  deps: Deps,
  { principal }: Caller,
  { params, query, bytes = new Uint8Array() }: InputOf<typeof operation>,
): Promise<Record<string, unknown>> {
  const { thing, facts } = await loadThing(deps, principal, params.thing);
  authorise('things.updateShadow', principal, facts);
  const { depth, keeper } = deps.shadowRules ?? defaultShadowRules;
  const parsed = parseUpdate(bytes, { ...defaultLimits, depth });
  if (!parsed.ok) throw failureOf(parsed.rejection);
  refuseCommand(principal, thing, parsed.request);
  const address = { thing: params.thing, name: query.name ?? '' };
  if (keeper === 'aws') return askShadow(deps, address, 'update', parsed.request);
  const outcome = await updateShadow(deps, address, parsed.request);
  if (outcome === undefined) throw new Failure('internal');
  if (!outcome.ok) throw failureOf(outcome.rejection);
  const { accepted, delta, documents } = outcome.updated;
  const prefix = `${shadowPrefix(address)}/update`;
  deps.shadow.tell([
    { topic: `${prefix}/accepted`, document: accepted },
    ...(delta === undefined ? [] : [{ topic: `${prefix}/delta`, document: delta }]),
    { topic: `${prefix}/documents`, document: documents },
  ]);
  // Commands that the report ended are withdrawn by the timer of the bridge.
  deps.bus.announce(outcome.report.events);
  return accepted;
}
