import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { homes, homeViews } from '@/drizzle/schema';
import { worksFor } from '../../domain/principal';
import type { Deps } from '../deps';
import { resolveStaffSession } from '../staff/resolve-session';

/**
 * The home that a look is, or was, of: told to whoever asked for the look and still works for the home's project, whatever
 * became of it. Undefined: there is none to go back to.
 */
export async function homeOfLook(
  deps: Pick<Deps, 'db' | 'clock'>,
  { staffToken, viewId }: { staffToken: string | undefined; viewId: string | undefined },
): Promise<number | undefined> {
  if (staffToken === undefined || !z.uuid().safeParse(viewId).success) return undefined;
  const staff = await resolveStaffSession(deps, staffToken);
  if (staff === undefined || viewId === undefined) return undefined;
  const [found] = await deps.db
    .select({ homeId: homes.id, projectId: homes.projectId })
    .from(homeViews)
    .innerJoin(homes, eq(homes.id, homeViews.homeId))
    .where(and(eq(homeViews.id, viewId), eq(homeViews.accountId, staff.accountId)));
  return found !== undefined && worksFor(staff, found.projectId) ? found.homeId : undefined;
}
