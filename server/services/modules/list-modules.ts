import { asc, eq } from 'drizzle-orm';
import { smartModules } from '@/drizzle/schema';
import type { listModules as operation, SmartModule } from '../../contracts/modules';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { loadHome } from '../homes/load-home';
import { toModule } from './view';

/** GET /homes/{homeId}/smartModules (mode-api 5.4): the modules of the project, visible to all its homes. */
export async function listModules(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<SmartModule[]> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authoriseInHome('modules.list', principal, facts);
  const rows = await db
    .select()
    .from(smartModules)
    .where(eq(smartModules.projectId, home?.projectId ?? 0))
    .orderBy(asc(smartModules.moduleId));
  return rows.map(toModule);
}
