import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addOrgKey as operation } from '../../contracts/project-keys';
import type { Caller, Deps } from '../deps';
import { createOrgKey } from '../keys/create-org-key';
import { changeProject } from './change-project';

/** POST /staff/projects/{projectId}/org-keys: in this answer and nowhere else; the one before it ends (lock-api 2, rule 6). */
export const addOrgKey = (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.addOrgKey', caller, projectId, ({ tx }) =>
    createOrgKey({ db: tx, clock: deps.clock }, projectId, caller),
  );
