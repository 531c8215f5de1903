import type { ShownShadow } from '../../contracts/things';
import { Failure } from '../../domain/errors';
import { emptyObject, isJsonObject, type JsonObject } from '../../domain/json';
import { withoutSecrets } from '../../domain/shadow/redact';
import { type Deps, defaultShadowRules } from '../deps';
import { askShadow } from './ask-shadow';
import { failureOf } from './fail';
import { getShadow } from './get-shadow';

const section = (state: unknown, name: string): JsonObject => {
  const inner = isJsonObject(state as JsonObject) ? (state as JsonObject)[name] : undefined;
  const shown = withoutSecrets(inner ?? emptyObject());
  return isJsonObject(shown) ? shown : emptyObject();
};

const nothing = { version: null, desired: {}, reported: {}, delta: {} };

/** The classic shadow of a thing for a person's eyes: without secrets, and empty where the thing never had one. */
export async function showShadow(deps: Deps, thing: string): Promise<ShownShadow> {
  const address = { thing, name: '' };
  const timestamp = Math.floor(deps.clock.now().getTime() / 1_000);
  let document: Record<string, unknown>;
  try {
    if ((deps.shadowRules ?? defaultShadowRules).keeper === 'aws') {
      document = await askShadow(deps, address, 'get', {});
    } else {
      const answer = await getShadow(deps, address, {});
      if (!answer.ok) throw failureOf(answer.rejection);
      document = answer.accepted;
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return { thing, timestamp, ...nothing };
    throw error;
  }
  const { state, version } = document;
  return {
    thing,
    timestamp,
    version: typeof version === 'number' ? version : null,
    desired: section(state, 'desired'),
    reported: section(state, 'reported'),
    delta: section(state, 'delta'),
  };
}
