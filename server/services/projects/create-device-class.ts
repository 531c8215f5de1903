import { deviceClasses } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';

/** Adds a device class to a project (mode-api 3). */
export async function createDeviceClass(
  { db }: { db: Pick<Executor, 'insert'> },
  wanted: { projectId: number; classId: string; description?: string },
): Promise<{ id: string; projectId: number; description: string }> {
  const { projectId, classId, description = '' } = wanted;
  try {
    await db.insert(deviceClasses).values({ projectId, classId, description });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('id', 'is taken in this project', 'ID_TAKEN');
    throw error;
  }
  return { id: classId, projectId, description };
}
