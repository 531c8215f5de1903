import { asc, eq } from 'drizzle-orm';
import { smartModules } from '@/drizzle/schema';
import type { Deps } from '../deps';
import type { ProjectModule } from './create-module';

/** Smart modules of a project with the keys that their receivers need, for an operator. */
export async function listProjectModules(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  projectId: number,
): Promise<ProjectModule[]> {
  const rows = await db
    .select()
    .from(smartModules)
    .where(eq(smartModules.projectId, projectId))
    .orderBy(asc(smartModules.moduleId));
  return rows.map(({ moduleId, moduleType, description, suspended, ...row }) => ({
    id: moduleId,
    projectId,
    moduleType,
    description,
    suspended,
    ...(row.eventUrl === null ? {} : { eventUrl: row.eventUrl }),
    ...(row.commandUrl === null ? {} : { commandUrl: row.commandUrl }),
    ...(row.subscribedEvents === null ? {} : { subscribedEvents: row.subscribedEvents }),
    ...(row.sealedKey === null ? {} : { key: secrets.open(row.sealedKey).toString() }),
  }));
}
