import { asc, eq } from 'drizzle-orm';
import { deviceClasses } from '@/drizzle/schema';
import type { Deps } from '../deps';

/** Device classes of a project, for an operator. */
export const listDeviceClasses = (
  { db }: Pick<Deps, 'db'>,
  projectId: number,
): Promise<{ id: string; projectId: number; description: string }[]> =>
  db
    .select({
      id: deviceClasses.classId,
      projectId: deviceClasses.projectId,
      description: deviceClasses.description,
    })
    .from(deviceClasses)
    .where(eq(deviceClasses.projectId, projectId))
    .orderBy(asc(deviceClasses.classId));
