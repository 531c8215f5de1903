import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { Failure, invalidField } from '../../domain/errors';
import type { ProjectRow } from '../projects/create-project';

/** The project that a call names; raises OPERATION_NOT_ALLOWED when its accounts are of another type (mode-api 5.7). */
export async function loadAccountProject(
  db: Database,
  projectId: number,
  accountType: ProjectRow['accountType'],
): Promise<ProjectRow> {
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  if (project === undefined)
    throw invalidField('projectId', 'there is no such project', 'INVALID_PROJECT_ID');
  if (project.accountType !== accountType)
    throw new Failure('forbidden', {
      reason: 'OPERATION_NOT_ALLOWED',
      message: `This call is for projects with ${accountType} accounts.`,
    });
  return project;
}
