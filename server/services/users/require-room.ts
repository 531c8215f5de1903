import { count, eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { ProjectRow } from '../projects/create-project';
import { holdRoom } from '../projects/require-quota';

/**
 * Raises EXCEEDED_MAX_USERS when the project may have no more accounts; placeholders count. Of two that are made at once
 * the second counts the first.
 */
export async function requireRoom(
  executor: Pick<Executor, 'select' | 'execute'>,
  project: Pick<ProjectRow, 'id' | 'maxUsers'>,
): Promise<void> {
  if (project.maxUsers === null) return;
  await holdRoom(executor, project.id);
  const [total] = await executor
    .select({ count: count() })
    .from(users)
    .where(eq(users.projectId, project.id));
  if ((total?.count ?? 0) >= project.maxUsers)
    throw new Failure('forbidden', { reason: 'EXCEEDED_MAX_USERS' });
}
