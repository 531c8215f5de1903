import { eq } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import { decideCommissioningSent } from '../../domain/hub/commissioning';
import type { ShadowAnswer } from '../../mqtt/shadow-client';
import type { Deps } from '../deps';
import { holdHub } from '../hubs/load-hub';
import type { CommissioningRow } from '../hubs/view';
import { changeCommissioning } from './change-commissioning';

/**
 * Writes what became of handing the command over: `sent` when the shadow took it, `failed` when it said no or the command
 * provably never left, `unresolved` when nothing was heard. What the hub has reported meanwhile stays.
 */
export async function markDelivery(
  { db, clock, bus }: Deps,
  { id, hubId }: CommissioningRow,
  answer: ShadowAnswer,
): Promise<void> {
  const event = await db.transaction(async (tx) => {
    await holdHub(tx, hubId);
    const [attempt] = await tx.select().from(commissionings).where(eq(commissionings.id, id));
    if (attempt === undefined) return undefined;
    const now = clock.now();
    if (answer.kind === 'accepted') {
      const change = decideCommissioningSent(attempt, now);
      if (change === undefined) return undefined;
      return (await changeCommissioning(tx, attempt, { ...change, shadowVersion: answer.version })).event;
    }
    if (attempt.status !== 'pending') return undefined;
    const change =
      answer.kind === 'silent'
        ? ({ status: 'unresolved', error: 'SHADOW_SILENT' } as const)
        : ({
            status: 'failed',
            error: answer.kind === 'unsent' ? 'SHADOW_UNREACHABLE' : 'SHADOW_REJECTED',
            outcomeAt: now,
          } as const);
    return (await changeCommissioning(tx, attempt, change)).event;
  });
  bus.announce([event]);
}
