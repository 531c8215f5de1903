import { asc, inArray } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { StaffProject } from '../../contracts/projects';
import { authorise } from '../../domain/permissions';
import { requireStaffPrincipal } from '../console/load-supported';
import type { Caller, Deps } from '../deps';
import { toStaffProject } from './view';

/** GET /staff/projects: those that the caller works for, by name. */
export async function listProjects(
  { db }: Pick<Deps, 'db'>,
  { principal }: Caller,
): Promise<{ items: StaffProject[] }> {
  authorise('projects.list', principal);
  const { projects: own } = requireStaffPrincipal(principal);
  const rows = await db
    .select()
    .from(projects)
    .where(own === 'all' ? undefined : inArray(projects.id, [...own]))
    .orderBy(asc(projects.name), asc(projects.id));
  return { items: rows.map(toStaffProject) };
}
