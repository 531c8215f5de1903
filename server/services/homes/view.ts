import type { homes } from '@/drizzle/schema';
import type { Home } from '../../contracts/homes';
import { toTimestamp } from '../../contracts/values';

export type HomeRow = typeof homes.$inferSelect;

/** Home as the wire shows it; absent instead of null. */
export const toHome = (
  row: Pick<HomeRow, 'id' | 'projectId' | 'createdAt' | 'name' | 'timezone' | 'deactivated'>,
): Home => ({
  id: row.id,
  projectId: row.projectId,
  creationTime: toTimestamp(row.createdAt),
  name: row.name,
  ...(row.timezone === null ? {} : { timezone: row.timezone }),
  ...(row.deactivated ? { deactivated: true as const } : {}),
});
