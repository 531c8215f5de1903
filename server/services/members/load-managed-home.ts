import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import { loadHome } from '../homes/load-home';
import type { HomeRow } from '../homes/view';
import type { ProjectRow } from '../projects/create-project';

/** A home with its project, whose switch says who manages members, and the facts that the permission table asks for. */
export async function loadManagedHome(
  db: Database,
  principal: Principal,
  homeId: number,
): Promise<{ home: HomeRow | undefined; project: ProjectRow | undefined; facts: Facts }> {
  const { home, facts } = await loadHome(db, principal, homeId);
  if (home === undefined) return { home, project: undefined, facts };
  const [project] = await db.select().from(projects).where(eq(projects.id, home.projectId));
  return {
    home,
    project,
    facts: { ...facts, onlyOwnersManageMembers: project?.onlyOwnersManageMembers !== false },
  };
}
