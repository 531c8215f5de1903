import { asc, inArray } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { StaffPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';

/** The projects that a member of staff works for, by name. */
export async function listStaffProjects(
  { db }: Pick<Deps, 'db'>,
  principal: StaffPrincipal,
): Promise<{ id: number; name: string }[]> {
  const { projects: own } = principal;
  return db
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(own === 'all' ? undefined : inArray(projects.id, [...own]))
    .orderBy(asc(projects.name), asc(projects.id));
}
