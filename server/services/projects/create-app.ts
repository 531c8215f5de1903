import { apps } from '@/drizzle/schema';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

/** Adds an app that logins of the project may name. */
export async function createApp(
  { db }: Pick<Deps, 'db'>,
  projectId: number,
  appId: string,
): Promise<{ id: string; projectId: number }> {
  try {
    await db.insert(apps).values({ projectId, appId });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('id', 'is taken in this project');
    throw error;
  }
  return { id: appId, projectId };
}
