import type { getModule as operation, SmartModule } from '../../contracts/modules';
import type { InputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { loadModule } from './load-module';
import { toModule } from './view';

/** GET /homes/{homeId}/smartModules/{moduleId} (mode-api 5.4). */
export async function getModule(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<SmartModule> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authorise('modules.get', principal, facts);
  return toModule(await loadModule(db, home?.projectId ?? 0, params.moduleId));
}
