import { apps, projects } from '@/drizzle/schema';
import type { Deps } from '../deps';

export type ProjectRow = typeof projects.$inferSelect;

/** Creates a project; its account type cannot be changed later (mode-api 3). */
export async function createProject(
  { db }: Pick<Deps, 'db'>,
  wanted: {
    name: string;
    accountType: ProjectRow['accountType'];
    provisioning?: ProjectRow['provisioning'];
    onlyOwnersManageMembers?: boolean;
    allowPrivateWebhooks?: boolean;
  },
): Promise<ProjectRow> {
  return db.transaction(async (tx) => {
    const [project] = await tx.insert(projects).values(wanted).returning();
    if (project === undefined) throw new Error('no project was made');
    // A login names an app; this one is there from the start, so that a new project can be used at once.
    await tx
      .insert(apps)
      .values({ projectId: project.id, appId: 'controller_app', description: 'First app of the project' });
    return project;
  });
}
