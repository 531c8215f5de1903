import { and, desc, eq, lt } from 'drizzle-orm';
import { webhookDeliveries } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Delivery, listDeliveries as operation } from '../../contracts/project-modules';
import { toTimestamp } from '../../contracts/values';
import type { Caller, Deps } from '../deps';
import { loadModule } from '../modules/load-module';
import { loadProject } from './change-project';

const toDelivery = (row: typeof webhookDeliveries.$inferSelect): Delivery => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  attempts: row.attempts,
  ...(row.lastStatus === null ? {} : { lastStatus: row.lastStatus }),
  ...(row.lastError === null ? {} : { lastError: row.lastError }),
  ...(row.homeId === null ? {} : { homeId: row.homeId }),
  creationTime: toTimestamp(row.createdAt),
  ...(row.finishedAt === null ? {} : { finishTime: toTimestamp(row.finishedAt) }),
});

/**
 * GET /staff/projects/{projectId}/modules/{moduleId}/deliveries: newest first, without what they hold and where they go.
 * Raises `not_found`.
 */
export async function listDeliveries(
  { db }: Pick<Deps, 'db'>,
  caller: Caller,
  { params: { projectId, moduleId }, query: { before, limit } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  await loadProject(db, 'projects.deliveries', caller, projectId);
  await loadModule(db, projectId, moduleId);
  const rows = await db
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.projectId, projectId),
        eq(webhookDeliveries.moduleId, moduleId),
        before === undefined ? undefined : lt(webhookDeliveries.id, before),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(toDelivery);
  return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
}
