import { applyGet } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';
import type { Deps } from '../deps';
import { refuseThing } from './refuse-thing';
import { loadShadow } from './store';

/** Answers a get of a known thing; the label of a missing shadow is its name, or the thing's for the classic one. */
export async function getShadow(deps: Deps, address: ShadowAddress, request: { clientToken?: string }) {
  const { db, clock } = deps;
  const refusal = await refuseThing(db, deps, address.thing);
  if (refusal !== undefined) return { ok: false as const, rejection: refusal };
  const seconds = Math.floor(clock.now().getTime() / 1000);
  return applyGet(
    await loadShadow(db, address),
    request,
    seconds,
    address.name === '' ? address.thing : address.name,
  );
}
