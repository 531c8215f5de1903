import { applyGet } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';
import type { Deps } from '../deps';
import { loadShadow } from './store';

/** Answers a get; the label of a missing shadow is its name, or the thing's for the classic one. */
export async function getShadow(
  { db, clock }: Deps,
  address: ShadowAddress,
  request: { clientToken?: string },
) {
  const seconds = Math.floor(clock.now().getTime() / 1000);
  return applyGet(
    await loadShadow(db, address),
    request,
    seconds,
    address.name === '' ? address.thing : address.name,
  );
}
