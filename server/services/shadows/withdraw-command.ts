import { isJsonObject } from '../../domain/json';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { markWithdrawn } from '../openings/mark-withdrawn';
import { type ShadowUpdate, updateShadow } from './update-shadow';

/** Takes an ended command out of `desired`, if it is the one that stands there. Undefined: nothing to publish. */
export function withdrawCommand(
  deps: Deps,
  { openingId, lockUuid }: EndedCommand,
): Promise<ShadowUpdate | undefined> {
  return updateShadow(deps, { thing: lockThing(lockUuid), name: '' }, { state: {} }, async (tx, current) => {
    await markWithdrawn(tx, openingId, deps.clock.now());
    const command = current?.state.desired?.command;
    if (current?.deleted !== false || !isJsonObject(command) || command.id !== openingId) return undefined;
    return { state: { desired: Object.assign(Object.create(null), { command: null }) } };
  });
}
