import { eq } from 'drizzle-orm';
import { locks, projects } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { appendEvents } from '../../event-store/append';
import type { Actor } from '../audit/add-lines';
import { recordEvents } from '../audit/record-events';
import type { LockRow } from '../locks/load-lock';

/**
 * Appends what was decided to a lock's history and returns the version it has then. `by` is who gave the command, for the
 * record. The caller holds the lock's row.
 */
export async function appendToLock(
  executor: Executor,
  lock: Pick<LockRow, 'id' | 'version' | 'projectId' | 'homeId'>,
  events: readonly { type: string; data: object }[],
  at: Date,
  by?: Actor,
): Promise<number> {
  if (events.length === 0) return lock.version;
  const [project] =
    lock.projectId === null
      ? []
      : await executor.select({ uuid: projects.uuid }).from(projects).where(eq(projects.id, lock.projectId));
  const version = await appendEvents(
    executor,
    {
      aggregateType: 'lock',
      aggregateId: String(lock.id),
      orgId: project?.uuid ?? null,
      version: lock.version,
    },
    events,
    at,
  );
  if (by !== undefined) {
    const { id, version: before, projectId, homeId } = lock;
    const aggregate = { aggregateType: 'lock', aggregateId: String(id), version: before };
    await recordEvents(executor, by, { ...aggregate, projectId, homeId }, events, at);
  }
  await executor.update(locks).set({ version }).where(eq(locks.id, lock.id));
  return version;
}
