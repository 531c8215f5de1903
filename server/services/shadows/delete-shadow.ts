import { applyDelete } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';
import type { Deps } from '../deps';
import { holdShadow, saveShadow } from './store';

/** Deletes a shadow; its version lives on in a tombstone. */
export async function deleteShadow(
  { db, clock }: Deps,
  address: ShadowAddress,
  request: { clientToken?: string },
) {
  return db.transaction(async (tx) => {
    const now = clock.now();
    const current = await holdShadow(tx, address, now);
    const label = address.name === '' ? address.thing : address.name;
    const answer = applyDelete(current, request, Math.floor(now.getTime() / 1000), label);
    if (answer.ok) await saveShadow(tx, address, answer.next, now);
    return answer;
  });
}
