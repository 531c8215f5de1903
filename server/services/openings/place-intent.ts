import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { hubs, locks, openings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import {
  isCountedByDoor,
  isRunning,
  openingLifeMs,
  openingsPerMinute,
  runningStatuses,
} from '../../domain/lock/opening';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { takeUse, usedUp } from '../links/count-use';
import type { LockRow } from '../locks/load-lock';
import type { OpeningRow } from '../locks/view';

export interface Intent {
  /** The caller's own opening. */
  opening: OpeningRow;
  /** The opening whose command moves the bolt: the same one, unless it joined another. */
  actuation: OpeningRow;
  /** The same intent was placed before. */
  isRepeat: boolean;
}

/** Behind a hub that was switched off nothing is asked to move. */
const hubSuspended = sql<boolean>`exists (select 1 from ${hubs} where ${hubs.id} = ${locks.hubId}
  and ${hubs.status} in ('suspended', 'decommissioned'))`;

const hubIsSuspended = () =>
  new Failure('device_unreachable', { message: 'The hub of this door is suspended.' });

/**
 * Writes who wants the door opened, before anything is sent (model 3). The lock's row is held, so that of two callers
 * at once the second sees the first and joins it. An intent of a guest link takes one of its uses. Raises `rate_limited`,
 * `device_unreachable` behind a suspended hub, and `invalid` when no use is left.
 */
export async function placeIntent(
  { db, clock }: Deps,
  caller: Caller,
  lock: LockRow,
  asked: {
    requestId?: string | undefined;
    reason?: string | undefined;
    gesture?: string | undefined;
    /** Asked of a new intent only, while the lock's row is held: one that was placed has been proved. */
    prove?: ((tx: Executor) => Promise<void>) | undefined;
  },
): Promise<Intent> {
  const who = identityOf(caller.principal);
  const mine = and(eq(openings.principalKind, who.kind), eq(openings.principalId, who.id));
  // Its life begins when the caller asks: whoever was told that the service is away must not see the door open later.
  const { askedAt = clock.now() } = caller;
  const expiresAt = new Date(askedAt.getTime() + openingLifeMs);
  return db.transaction(async (tx) => {
    const minuteAgo = new Date(clock.now().getTime() - 60_000);
    // Sent together: the second statement runs, and looks, when the first holds the lock's row.
    const [[held], seen] = await Promise.all([
      tx
        .select({ removedAt: locks.removedAt, isHubSuspended: hubSuspended })
        .from(locks)
        .where(eq(locks.id, lock.id))
        .for('update'),
      tx
        .select()
        .from(openings)
        .where(
          and(
            eq(openings.lockId, lock.id),
            or(
              and(mine, gt(openings.createdAt, minuteAgo)),
              and(isNull(openings.joined), inArray(openings.status, runningStatuses)),
              asked.requestId === undefined ? undefined : and(mine, eq(openings.requestId, asked.requestId)),
            ),
          ),
        )
        .orderBy(asc(openings.createdAt)),
    ]);
    if (held === undefined || held.removedAt !== null) throw new Failure('not_found');
    const now = clock.now();
    const isMine = (row: OpeningRow) => row.principalKind === who.kind && row.principalId === who.id;
    const before =
      asked.requestId === undefined
        ? undefined
        : seen.find((row) => isMine(row) && row.requestId === asked.requestId);
    if (before !== undefined) {
      const [shared] =
        before.joined === null
          ? [before]
          : await tx.select().from(openings).where(eq(openings.id, before.joined));
      // What was answered once is answered again, whatever became of the hub.
      if (held.isHubSuspended && before.event === null) throw hubIsSuspended();
      return { opening: before, actuation: shared ?? before, isRepeat: true };
    }
    if (held.isHubSuspended) throw hubIsSuspended();
    const recent = seen.filter((row) => isMine(row) && row.createdAt > minuteAgo);
    if (isCountedByDoor(who.kind) && recent.length >= openingsPerMinute) {
      const endsAt = (recent[0]?.createdAt ?? now).getTime() + 60_000;
      throw new Failure('rate_limited', {
        reason: 'RATE_LIMIT_EXCEEDED',
        message: `This door was asked to open ${openingsPerMinute} times within a minute. Wait a moment.`,
        retryAfterSeconds: Math.max(1, Math.ceil((endsAt - now.getTime()) / 1000)),
      });
    }
    const running = seen.find((row) => row.joined === null && isRunning(row.status) && row.expiresAt > now);
    if (expiresAt <= now) throw new Failure('unavailable', { retryAfterSeconds: 2 });
    const row: OpeningRow = {
      id: randomUUID(),
      lockId: lock.id,
      homeId: lock.homeId,
      principalKind: who.kind,
      principalId: who.id,
      principalName: who.name,
      via: caller.via,
      address: caller.address ?? null,
      requestId: asked.requestId ?? null,
      reason: asked.reason ?? null,
      gesture: asked.gesture ?? null,
      status: 'pending',
      createdAt: askedAt,
      sentAt: null,
      acceptedAt: null,
      outcomeAt: null,
      expiresAt: running?.expiresAt ?? expiresAt,
      shadowVersion: null,
      joined: running?.id ?? null,
      error: null,
      lateReport: false,
      withdrawnAt: null,
      eventVersion: null,
      event: null,
    };
    await asked.prove?.(tx);
    if (!(await takeUse(tx, row, now))) throw usedUp();
    await tx.insert(openings).values(row);
    return { opening: row, actuation: running ?? row, isRepeat: false };
  });
}
