import { and, eq } from 'drizzle-orm';
import { smartModules } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { ModuleRow } from './view';

/** One module of a project. Raises `not_found`. */
export async function loadModule(
  db: Pick<Executor, 'select'>,
  projectId: number,
  moduleId: string,
): Promise<ModuleRow> {
  const [row] = await db
    .select()
    .from(smartModules)
    .where(and(eq(smartModules.projectId, projectId), eq(smartModules.moduleId, moduleId)));
  if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return row;
}
