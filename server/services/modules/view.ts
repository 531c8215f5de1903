import type { smartModules } from '@/drizzle/schema';
import type { SmartModule } from '../../contracts/modules';
import { toTimestamp } from '../../contracts/values';

export type ModuleRow = typeof smartModules.$inferSelect;

/** The public part of a module: its addresses and keys are the project's business. */
export const toModule = (row: ModuleRow): SmartModule => ({
  id: row.moduleId,
  moduleType: row.moduleType,
  creationTime: toTimestamp(row.createdAt),
  description: row.description,
  suspended: row.suspended,
  ...(row.subscribedEvents === null ? {} : { subscribedEvents: row.subscribedEvents }),
});
