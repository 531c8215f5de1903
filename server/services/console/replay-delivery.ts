import { eq } from 'drizzle-orm';
import { webhookDeliveries } from '@/drizzle/schema';
import type { replayDelivery as operation } from '../../contracts/console-actions';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { deliverAgain } from '../webhooks/deliver-again';
import { loadSupportedHome } from './load-supported';
import { recordHomeDeed } from './record-support';

/**
 * POST /staff/homes/{homeId}/deliveries/{deliveryId}/replay: a new delivery with the same address and body; the old one
 * stays what it was. Raises `not_found` for deliveries of other homes, `conflict` while it still waits.
 */
export async function replayDelivery(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { home, staff } = await loadSupportedHome(deps.db, 'staff.replayDelivery', principal, params.homeId);
  return deps.db.transaction(async (tx) => {
    const ofHome = eq(webhookDeliveries.homeId, home.id);
    const { id, moduleId } = await deliverAgain(tx, params.deliveryId, ofHome, deps.clock.now());
    await recordHomeDeed(deps, tx, { staff, address }, home, {
      action: 'webhook.replay',
      reason: body.reason,
      subject: { kind: 'delivery', id: String(params.deliveryId) },
      data: { again: id, module: moduleId },
    });
    return { id };
  });
}
