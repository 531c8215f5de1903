import { and, eq, type SQL } from 'drizzle-orm';
import { webhookDeliveries } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';

/**
 * Queues a new delivery with the address and body of one that is over; the old one stays what it was. `where` says whose
 * it must be. Raises `not_found`, `conflict` while it still waits.
 */
export async function deliverAgain(
  tx: Pick<Executor, 'select' | 'insert'>,
  deliveryId: number,
  where: SQL | undefined,
  at: Date,
): Promise<{ id: number; moduleId: string; homeId: number | null }> {
  const [delivery] = await tx
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.id, deliveryId), where));
  if (delivery === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  if (delivery.status === 'waiting')
    throw new Failure('conflict', { reason: 'STILL_WAITING', message: 'It is still being delivered.' });
  const { projectId, moduleId, kind, homeId, url, body } = delivery;
  const [again] = await tx
    .insert(webhookDeliveries)
    .values({ projectId, moduleId, kind, homeId, url, body, nextAttemptAt: at, createdAt: at })
    .returning({ id: webhookDeliveries.id });
  if (again === undefined) throw new Error('no delivery was made');
  return { id: again.id, moduleId, homeId };
}
