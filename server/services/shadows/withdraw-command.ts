import { isJsonObject } from '../../domain/json';
import { markCommissioningWithdrawn } from '../commissionings/mark-withdrawn';
import type { Deps } from '../deps';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { markWithdrawn } from '../openings/mark-withdrawn';
import { type ShadowUpdate, updateShadow } from './update-shadow';

/** Takes an ended command out of `desired`, if it is the one that stands there. Undefined: nothing to publish. */
export function withdrawCommand(
  deps: Deps,
  { id, thing, of }: EndedCommand,
): Promise<ShadowUpdate | undefined> {
  return updateShadow(deps, { thing, name: '' }, { state: {} }, async (tx, current) => {
    if (of === 'opening') await markWithdrawn(tx, id, deps.clock.now());
    if (of === 'commissioning') await markCommissioningWithdrawn(tx, id, deps.clock.now());
    const command = current?.state.desired?.command;
    if (current?.deleted !== false || !isJsonObject(command) || command.id !== id) return undefined;
    return { state: { desired: Object.assign(Object.create(null), { command: null }) } };
  });
}
