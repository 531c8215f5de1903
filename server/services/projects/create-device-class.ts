import { deviceClasses } from '@/drizzle/schema';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

/** Adds a device class to a project (mode-api 3). */
export async function createDeviceClass(
  { db }: Pick<Deps, 'db'>,
  wanted: { projectId: number; classId: string; description?: string },
): Promise<{ id: string; projectId: number; description: string }> {
  const { projectId, classId, description = '' } = wanted;
  try {
    await db.insert(deviceClasses).values({ projectId, classId, description });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('id', 'is taken in this project');
    throw error;
  }
  return { id: classId, projectId, description };
}
