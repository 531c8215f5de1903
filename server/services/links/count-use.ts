import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { guestLinks, locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { decideUse } from '../../domain/lock/temp-key';
import type { OpeningRow } from '../locks/view';
import { appendToLock } from './append-to-lock';

type Placed = Pick<OpeningRow, 'principalKind' | 'principalId'>;
const isByLink = (opening: Placed): boolean => opening.principalKind === 'guestLink';

/**
 * Takes one use of a link for a new intent, in the transaction that places it; of two for the last use the second
 * finds none. False: it is used up or revoked.
 */
export async function takeUse(executor: Executor, opening: Placed, now: Date): Promise<boolean> {
  if (!isByLink(opening)) return true;
  const taken = await executor
    .update(guestLinks)
    .set({ usedCount: sql`${guestLinks.usedCount} + 1`, lastUsedAt: now })
    .where(
      and(
        eq(guestLinks.uuid, opening.principalId),
        isNull(guestLinks.revokedAt),
        or(isNull(guestLinks.maxUses), lt(guestLinks.usedCount, guestLinks.maxUses)),
      ),
    )
    .returning({ uuid: guestLinks.uuid });
  return taken.length === 1;
}

/** Why a link that was good a moment ago places no intent. */
export const usedUp = (): Failure =>
  new Failure('invalid', {
    reason: 'USED_UP',
    issues: [{ field: 'uuid', message: 'this key has no uses left' }],
  });

/** The command of an intent provably never left: its use is given back. */
export async function giveUseBack(executor: Executor, opening: Placed): Promise<void> {
  if (!isByLink(opening)) return;
  await executor
    .update(guestLinks)
    .set({ usedCount: sql`${guestLinks.usedCount} - 1` })
    .where(and(eq(guestLinks.uuid, opening.principalId), gt(guestLinks.usedCount, 0)));
}

/** Appends TempKeyUsed beside the LockOpenRequested of an opening by a link. The caller holds the lock's row. */
export async function recordUse(
  executor: Executor,
  opening: Placed & Pick<OpeningRow, 'lockId'>,
  at: Date,
): Promise<void> {
  if (!isByLink(opening)) return;
  const [lock] = await executor.select().from(locks).where(eq(locks.id, opening.lockId));
  const [link] = await executor
    .select({ usedCount: guestLinks.usedCount })
    .from(guestLinks)
    .where(eq(guestLinks.uuid, opening.principalId));
  if (lock === undefined || link === undefined) return;
  const place = { lockId: lock.id, uuid: lock.uuid, tempKeyUuid: opening.principalId, at };
  await appendToLock(executor, lock, decideUse({ known: true }, place, link), at);
}
