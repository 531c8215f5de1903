import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addProjectKey as operation } from '../../contracts/project-keys';
import type { Caller, Deps } from '../deps';
import { createProjectKey } from '../keys/create-project-key';
import { changeProject } from './change-project';

/** POST /staff/projects/{projectId}/keys: the key is in this answer and nowhere else. */
export const addProjectKey = (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId }, body: { name, permissions } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.addKey', caller, projectId, async ({ tx }) => {
    const wanted = { projectId, name, permissions: [...new Set(permissions)] };
    const made = await createProjectKey({ db: tx, clock: deps.clock }, wanted, caller);
    return { ...made, permissions: wanted.permissions };
  });
