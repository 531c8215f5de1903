import { emptyObject, isJsonObject, type Json, type JsonObject } from '../../domain/json';
import type { Deps } from '../deps';
import { type EndedCommand, memberOf } from '../openings/commands-to-withdraw';
import { markCommandWithdrawn } from './mark-command-withdrawn';
import { type ShadowUpdate, updateShadow } from './update-shadow';

/** What takes the code out of a hub's own words about its command, should it have repeated it there. */
function withoutCode(code: Json | undefined, said: Json | undefined): JsonObject | undefined {
  if (typeof code !== 'string' || !isJsonObject(said)) return undefined;
  const names = Object.keys(said).filter((name) => JSON.stringify(said[name]).includes(code));
  return names.length === 0
    ? undefined
    : Object.assign(emptyObject(), Object.fromEntries(names.map((name) => [name, null])));
}

/** Takes an ended command out of `desired`, if it is the one that stands there. Undefined: nothing to publish. */
export function withdrawCommand(deps: Deps, ended: EndedCommand): Promise<ShadowUpdate | undefined> {
  const { id, thing } = ended;
  return updateShadow(deps, { thing, name: '' }, { state: {} }, async (tx, current) => {
    await markCommandWithdrawn(tx, ended, deps.clock.now());
    const name = memberOf(ended);
    const command = current?.state.desired?.[name];
    if (current?.deleted !== false || !isJsonObject(command) || command.id !== id) return undefined;
    const said = withoutCode(command.code, current.state.reported?.command);
    return {
      state: {
        desired: Object.assign(emptyObject(), { [name]: null }),
        ...(said === undefined ? {} : { reported: Object.assign(emptyObject(), { command: said }) }),
      },
    };
  });
}
