import { apps } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';

/** Adds an app that logins of the project may name. */
export async function createApp(
  { db }: { db: Pick<Executor, 'insert'> },
  projectId: number,
  appId: string,
  description = '',
): Promise<{ id: string; projectId: number }> {
  try {
    await db.insert(apps).values({ projectId, appId, description });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('id', 'is taken in this project', 'ID_TAKEN');
    throw error;
  }
  return { id: appId, projectId };
}
