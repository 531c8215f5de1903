import { and, eq } from 'drizzle-orm';
import { webhookDeliveries } from '@/drizzle/schema';
import type { replayDelivery as operation } from '../../contracts/console-actions';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
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
    const [delivery] = await tx
      .select()
      .from(webhookDeliveries)
      .where(and(eq(webhookDeliveries.id, params.deliveryId), eq(webhookDeliveries.homeId, home.id)));
    if (delivery === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (delivery.status === 'waiting')
      throw new Failure('conflict', { reason: 'STILL_WAITING', message: 'It is still being delivered.' });
    const { projectId, moduleId, kind, homeId, url, body: content } = delivery;
    const at = deps.clock.now();
    const [again] = await tx
      .insert(webhookDeliveries)
      .values({ projectId, moduleId, kind, homeId, url, body: content, nextAttemptAt: at, createdAt: at })
      .returning({ id: webhookDeliveries.id });
    if (again === undefined) throw new Error('no delivery was made');
    await recordHomeDeed(deps, tx, { staff, address }, home, {
      action: 'webhook.replay',
      reason: body.reason,
      subject: { kind: 'delivery', id: String(delivery.id) },
      data: { again: again.id, module: moduleId },
    });
    return { id: again.id };
  });
}
