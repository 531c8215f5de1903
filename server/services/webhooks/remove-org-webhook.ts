import { and, eq } from 'drizzle-orm';
import { orgWebhooks, webhookDeliveries } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

/** Removes a webhook of an organisation; what waits for it is given up. Raises `invalid`. */
export async function removeOrgWebhook({ db, clock }: Pick<Deps, 'db' | 'clock'>, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [removed] = await tx
      .delete(orgWebhooks)
      .where(eq(orgWebhooks.id, id))
      .returning({ projectId: orgWebhooks.projectId });
    if (removed === undefined) throw invalidField('id', 'is no webhook');
    await tx
      .update(webhookDeliveries)
      .set({
        status: 'failed',
        lastError: 'the webhook was removed',
        finishedAt: clock.now(),
        leasedUntil: null,
      })
      .where(
        and(
          eq(webhookDeliveries.projectId, removed.projectId),
          eq(webhookDeliveries.moduleId, id),
          eq(webhookDeliveries.status, 'waiting'),
        ),
      );
  });
}
