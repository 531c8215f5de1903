import { eq } from 'drizzle-orm';
import { webhookDeliveries } from '@/drizzle/schema';
import type { Deps } from '../deps';
import type { LeasedDelivery } from './lease-deliveries';

const triesMost = { event: 3, command: 3, organisation: 6 } as const;
const firstPauseMs = 1_000;

/** A try that was broken off because this process stops; it counts as none. */
export interface Interrupted {
  interrupted: true;
}

/** Writes what came of a try: delivered, to be tried again after a growing pause, or given up. */
export async function finishDelivery(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { id, attempts, kind }: Pick<LeasedDelivery, 'id' | 'attempts' | 'kind'>,
  outcome: { status: number } | { error: string } | Interrupted,
): Promise<void> {
  if ('interrupted' in outcome) {
    await db
      .update(webhookDeliveries)
      .set({ leasedUntil: null, attempts: attempts - 1 })
      .where(eq(webhookDeliveries.id, id));
    return;
  }
  const now = clock.now();
  const isTaken = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
  // To an organisation a 4xx is the receiver's last word (lock-api 7.1); redirects that led nowhere are none either.
  const isFinal = kind === 'organisation' && 'status' in outcome && outcome.status < 500;
  const isOver = isTaken || isFinal || attempts >= triesMost[kind];
  await db
    .update(webhookDeliveries)
    .set({
      leasedUntil: null,
      lastStatus: 'status' in outcome ? outcome.status : null,
      lastError: 'error' in outcome ? outcome.error.slice(0, 300) : null,
      ...(isOver
        ? { status: isTaken ? ('delivered' as const) : ('failed' as const), finishedAt: now }
        : { nextAttemptAt: new Date(now.getTime() + firstPauseMs * 4 ** (attempts - 1)) }),
    })
    .where(eq(webhookDeliveries.id, id));
}
