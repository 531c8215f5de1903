import { applyDelete } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';
import type { Deps } from '../deps';
import { refuseThing } from './refuse-thing';
import { holdShadow, loadShadow, saveShadow } from './store';

/** Deletes a shadow; its version lives on in a tombstone. */
export async function deleteShadow(deps: Deps, address: ShadowAddress, request: { clientToken?: string }) {
  const { db, clock } = deps;
  return db.transaction(async (tx) => {
    const refusal = await refuseThing(tx, deps, address.thing);
    if (refusal !== undefined) return { ok: false as const, rejection: refusal };
    const now = clock.now();
    // What never was leaves no row behind for having been asked for.
    const known = await loadShadow(tx, address);
    const current = known && (await holdShadow(tx, address, now));
    const label = address.name === '' ? address.thing : address.name;
    const answer = applyDelete(current, request, Math.floor(now.getTime() / 1000), label);
    if (answer.ok) await saveShadow(tx, address, answer.next, now);
    return answer;
  });
}
