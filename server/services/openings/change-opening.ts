import { eq, sql } from 'drizzle-orm';
import { locks, openings, projects } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { decideOpen } from '../../domain/lock/aggregate';
import type { OpeningChange } from '../../domain/lock/opening';
import { appendEvent } from '../../event-store/append';
import { type HomeEvent, record } from '../../event-store/outbox';
import { recordUse, takeUse } from '../links/count-use';
import { type OpeningRow, toOpening } from '../locks/view';

/**
 * Appends LockOpenRequested for an opening that has none yet: the shadow took its command. Whoever learns of that first
 * records it, the request itself or the report of the lock. The caller holds the lock's row.
 */
export async function recordRequested(
  executor: Executor,
  opening: OpeningRow,
  at: Date,
): Promise<OpeningRow> {
  if (opening.event !== null) return opening;
  const [lock] = await executor
    .update(locks)
    .set({ version: sql`${locks.version} + 1` })
    .where(eq(locks.id, opening.lockId))
    .returning({
      uuid: locks.uuid,
      version: locks.version,
      orgId: sql<string>`(select ${projects.uuid} from ${projects} where ${projects.id} = ${locks.projectId})`,
    });
  if (lock === undefined) return opening;
  const [event] = decideOpen(
    { version: lock.version - 1 },
    {
      type: 'RequestOpen',
      lockId: opening.lockId,
      uuid: lock.uuid,
      at,
      reason: opening.reason ?? undefined,
      requestId: opening.requestId ?? undefined,
    },
  );
  if (event === undefined) return opening;
  await appendEvent(executor, {
    aggregateType: 'lock',
    aggregateId: String(opening.lockId),
    version: lock.version,
    type: event.type,
    data: event.data,
    orgId: lock.orgId,
    at,
  });
  // Given back when its shared command failed, and moved the bolt after all: it counts again.
  if (opening.status === 'failed') await takeUse(executor, opening, at);
  await recordUse(executor, opening, at);
  return { ...opening, event, eventVersion: lock.version };
}

/** Writes what has changed of an opening and tells its home. The caller holds the lock's row. */
export async function changeOpening(
  executor: Executor,
  opening: OpeningRow,
  change: OpeningChange & { shadowVersion?: number },
): Promise<{ opening: OpeningRow; event: HomeEvent | undefined }> {
  const next: OpeningRow = { ...opening, ...change };
  const {
    status,
    sentAt,
    acceptedAt,
    outcomeAt,
    error,
    lateReport,
    shadowVersion,
    eventVersion,
    event: requested,
  } = next;
  const columns = {
    status,
    sentAt,
    acceptedAt,
    outcomeAt,
    error,
    lateReport,
    shadowVersion,
    eventVersion,
    event: requested,
  };
  // Sent together; the transaction keeps them whole.
  const [, event] = await Promise.all([
    executor.update(openings).set(columns).where(eq(openings.id, opening.id)),
    next.homeId === null ? undefined : record(executor, next.homeId, 'opening', toOpening(next)),
  ]);
  return { opening: next, event };
}
