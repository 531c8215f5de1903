import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import { isAllowed } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { listDeviceClasses } from '../projects/list-device-classes';

/** How devices come into a home: by the code on their label, by a token for new hardware, or not by this person. */
export type WaysToAdd = { kind: 'none' } | { kind: 'claim' } | { kind: 'token'; deviceClasses: string[] };

/** What the project and the person's place in the home allow, so that a page offers what can succeed. */
export async function waysToAdd(
  deps: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
  homeId: number,
): Promise<WaysToAdd> {
  const { home, facts } = await loadHome(deps.db, principal, homeId);
  if (home === undefined || !isAllowed('devices.add', principal, facts)) return { kind: 'none' };
  const [project] = await deps.db
    .select({ provisioning: projects.provisioning })
    .from(projects)
    .where(eq(projects.id, home.projectId));
  if (project?.provisioning !== 'on-demand') return { kind: 'claim' };
  const classes = await listDeviceClasses(deps, home.projectId);
  return { kind: 'token', deviceClasses: classes.map(({ id }) => id) };
}
