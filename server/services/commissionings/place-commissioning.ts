import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import { isDuplicate } from '../../db/errors';
import { Failure, invalidField } from '../../domain/errors';
import {
  commissioningLifeMs,
  decideCommissioningExpiry,
  runningCommissionings,
} from '../../domain/hub/commissioning';
import type { CommissioningCode } from '../../domain/matter/onboarding-code';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { holdHub } from '../hubs/load-hub';
import { type CommissioningRow, toState } from '../hubs/view';
import { changeCommissioning } from './change-commissioning';

/** The hub is at work with another command. */
export const hubIsBusy = () =>
  new Failure('conflict', {
    reason: 'HUB_BUSY',
    message: 'HUB_BUSY: the hub is pairing another device. Wait until that has ended.',
  });

/** A hub that has been switched off by its owner takes nothing. */
export const hubIsSuspended = () => new Failure('device_unreachable', { message: 'The hub is suspended.' });

/**
 * Writes who wants a device paired, before anything is sent; the code itself is not kept. One at a time a hub (model 3):
 * raises `conflict` HUB_BUSY, `invalid` for a hub of no home, `device_unreachable` for a suspended one.
 */
export async function placeCommissioning(
  { db, clock, bus }: Deps,
  caller: Caller,
  hubId: string,
  code: Extract<CommissioningCode, { ok: true }>,
): Promise<{ attempt: CommissioningRow; version: number }> {
  const askedAt = clock.now();
  try {
    const placed = await db.transaction(async (tx) => {
      const hub = await holdHub(tx, hubId);
      if (hub === undefined) throw new Failure('not_found');
      const { status } = toState(hub, null);
      if (status === 'suspended') throw hubIsSuspended();
      if (status !== 'claimed') throw invalidField('hubId', 'is not claimed');
      const now = clock.now();
      const running = await tx
        .select()
        .from(commissionings)
        .where(and(eq(commissionings.hubId, hubId), inArray(commissionings.status, runningCommissionings)));
      const lines = [];
      for (const attempt of running) {
        const expiry = decideCommissioningExpiry(attempt, now);
        if (expiry === undefined) throw hubIsBusy();
        lines.push((await changeCommissioning(tx, attempt, expiry)).event);
      }
      const who = identityOf(caller.principal);
      const [attempt] = await tx
        .insert(commissionings)
        .values({
          id: randomUUID(),
          hubId,
          homeId: hub.homeId,
          principalKind: who.kind,
          principalId: who.id,
          principalName: who.name,
          codeKind: code.kind,
          vendorId: code.payload?.vendorId,
          productId: code.payload?.productId,
          status: 'pending',
          createdAt: askedAt,
          expiresAt: new Date(askedAt.getTime() + commissioningLifeMs),
        })
        .returning();
      if (attempt === undefined) throw new Error('no commissioning was made');
      const { event } = await changeCommissioning(tx, attempt, {});
      return { attempt, version: hub.version, lines: [...lines, event] };
    });
    bus.announce(placed.lines);
    return placed;
  } catch (error) {
    if (isDuplicate(error, 'commissionings_running')) throw hubIsBusy();
    throw error;
  }
}
