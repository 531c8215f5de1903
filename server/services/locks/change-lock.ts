import { and, eq, isNull } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import { type CommandEnvelope, envelope } from '../../contracts/envelope';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { evolveLock, type LockEvent, type LockState } from '../../domain/lock/aggregate';
import { decideLock, type LockCommand } from '../../domain/lock/decide';
import { identityOf, type Principal } from '../../domain/principal';
import { appendEvents } from '../../event-store/append';
import type { HomeEvent } from '../../event-store/outbox';
import type { Actor } from '../audit/add-lines';
import { recordEvents } from '../audit/record-events';
import type { Deps } from '../deps';
import { operator } from '../staff/operator';
import type { LockRow } from './load-lock';
import { loadState } from './load-state';
import { projectEvent } from './project-event';

export interface ChangedLock {
  /** The lock as it was before. */
  lock: LockRow;
  state: LockState;
  version: number;
  events: readonly LockEvent[];
  /** What homes are told, after commit. */
  lines: (HomeEvent | undefined)[];
}

/** Holds the row of a lock that is there until the transaction ends, and reads its state. Raises `not_found`. */
export async function holdLock(
  executor: Executor,
  lockId: number,
): Promise<{ lock: LockRow; state: LockState }> {
  const [lock] = await executor
    .select()
    .from(locks)
    .where(and(eq(locks.id, lockId), isNull(locks.removedAt)))
    .for('update');
  if (lock === undefined) throw new Failure('not_found');
  return { lock, state: await loadState(executor, lock) };
}

/**
 * Lets a lock decide on a command within a transaction: its events are appended and its rows follow. Nothing is
 * announced. `by` is who gave the command, for the record. Raises what the decision raises.
 */
export async function commandLock(
  executor: Executor,
  lockId: number,
  command: LockCommand,
  at: Date,
  by?: Actor,
): Promise<ChangedLock> {
  const { lock, state } = await holdLock(executor, lockId);
  const events = decideLock(state, command, at);
  if (events.length === 0) return { lock, state, version: lock.version, events, lines: [] };
  const next = events.reduce(evolveLock, state);
  const version = await appendEvents(
    executor,
    {
      aggregateType: 'lock',
      aggregateId: String(lockId),
      version: lock.version,
      orgId: next.orgId ?? null,
    },
    events,
    at,
  );
  if (by !== undefined) {
    const aggregate = { aggregateType: 'lock', aggregateId: String(lockId), version: lock.version };
    const { projectId, homeId } = lock;
    await recordEvents(executor, by, { ...aggregate, projectId, homeId }, events, at);
  }
  const lines: ChangedLock['lines'] = [];
  for (const event of events) lines.push(...(await projectEvent(executor, lock, event, at)));
  await executor.update(locks).set({ version }).where(eq(locks.id, lockId));
  return { lock, state: next, version, events, lines };
}

/** The answer of a command: its last event, or null when there was nothing to do (lock-api 4.1). */
export function answerOf({ lock, version, events }: ChangedLock): CommandEnvelope {
  const event = events.at(-1);
  return envelope(
    lock.id,
    version,
    event === undefined ? null : { type: event.type, data: event.data as Record<string, unknown> },
  );
}

/** One command in one transaction, its homes told after commit. */
export async function changeLock(
  { db, clock, bus }: Pick<Deps, 'db' | 'clock' | 'bus'>,
  lockId: number,
  command: LockCommand,
  by: Principal = operator.principal,
): Promise<CommandEnvelope> {
  const changed = await db.transaction((tx) => commandLock(tx, lockId, command, clock.now(), identityOf(by)));
  bus.announce(changed.lines);
  return answerOf(changed);
}
