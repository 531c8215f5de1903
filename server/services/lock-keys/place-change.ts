import { randomUUID } from 'node:crypto';
import { and, eq, inArray, lte } from 'drizzle-orm';
import { lockKeyCommands } from '@/drizzle/schema';
import type { Database, Executor } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { Failure } from '../../domain/errors';
import { decideLock } from '../../domain/lock/decide';
import {
  type KeyChange,
  type KeyCommandKind,
  keyCommandKinds,
  keyCommandLifeMs,
  keyCommandPendingMs,
  toLockCommand,
} from '../../domain/lock/key-command';
import { identityOf, type Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { holdLock } from '../locks/change-lock';

/** A row about a key; those about PIN codes are none of this folder's. */
export type KeyCommandRow = typeof lockKeyCommands.$inferSelect & { kind: KeyCommandKind };

export const isOfKey = inArray(lockKeyCommands.kind, [...keyCommandKinds]);

/** A row that is not stored yet. */
export function newCommand(
  principal: Principal,
  lockId: number,
  change: KeyChange,
  now: Date,
): KeyCommandRow {
  const who = identityOf(principal);
  return {
    id: randomUUID(),
    lockId,
    instanceId: null,
    kind: change.kind,
    keyUuid: change.keyUuid,
    indexNumber: change.indexNumber ?? null,
    wanted: null,
    sealedPin: null,
    userId: change.userId === undefined ? null : Number(change.userId),
    principalKind: who.kind,
    principalId: who.id,
    principalName: who.name,
    status: 'pending',
    attempts: 1,
    dueAt: now,
    error: null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + keyCommandLifeMs[change.kind]),
    withdrawnAt: null,
  };
}

export const changeOf = (row: KeyCommandRow): KeyChange => ({
  kind: row.kind,
  keyUuid: row.keyUuid,
  indexNumber: row.indexNumber ?? undefined,
  userId: row.userId === null ? undefined : String(row.userId),
});

/** Changes that are being handed over, or whose process died meanwhile. */
export const pendingChanges = (db: Database) =>
  db.select({ id: lockKeyCommands.id }).from(lockKeyCommands).where(eq(lockKeyCommands.status, 'pending'));

/** Changes whose process died while it handed them over are over: nothing was recorded, and the bridge withdraws them. */
export async function endStale(executor: Executor, now: Date, lockId?: number): Promise<void> {
  await executor
    .update(lockKeyCommands)
    .set({ status: 'failed', error: 'ABANDONED' })
    .where(
      and(
        eq(lockKeyCommands.status, 'pending'),
        lte(lockKeyCommands.dueAt, new Date(now.getTime() - keyCommandPendingMs)),
        lockId === undefined ? undefined : eq(lockKeyCommands.lockId, lockId),
      ),
    );
}

const underWay = () =>
  new Failure('conflict', { message: 'A change of this key, or of this place, is under way.' });

/**
 * Writes down that a key is to be changed, before the lock is told: of two changes of one key, or of one place, at the
 * same time the second is refused. `make` sees the state of the lock and says which key is meant. Raises what the lock
 * itself would raise, and `conflict`.
 */
export async function placeChange(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  lockId: number,
  make: (state: Awaited<ReturnType<typeof holdLock>>['state'], now: Date) => KeyCommandRow,
): Promise<{ uuid: string; command: KeyCommandRow }> {
  try {
    return await db.transaction(async (tx) => {
      const { lock, state } = await holdLock(tx, lockId);
      const now = clock.now();
      const command = make(state, now);
      decideLock(state, toLockCommand(changeOf(command)), now);
      await endStale(tx, now, lockId);
      const { id, ...values } = command;
      await tx
        .insert(lockKeyCommands)
        .values({ id, ...values })
        .onConflictDoUpdate({ target: lockKeyCommands.id, set: values });
      return { uuid: lock.uuid, command };
    });
  } catch (error) {
    if (isDuplicate(error)) throw underWay();
    throw error;
  }
}
