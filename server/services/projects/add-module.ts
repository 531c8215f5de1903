import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addModule as operation } from '../../contracts/project-modules';
import { toTimestamp } from '../../contracts/values';
import type { Caller, Deps } from '../deps';
import { createModule } from '../modules/create-module';
import { randomKey } from '../secrets';
import { changeProject } from './change-project';
import { requireQuota } from './require-quota';

/** POST /staff/projects/{projectId}/modules: with the secret of its signatures (mode-api 8), in this answer alone. Raises `invalid` ID_TAKEN. */
export const addModule = (
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  { params: { projectId }, body: { id: moduleId, ...body } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.addModule', caller, projectId, async ({ tx, at, record }) => {
    await requireQuota(tx, { projectId, adds: { maxModules: 1 } });
    const key = randomKey();
    const { projectId: _known, ...made } = await createModule(
      { db: tx, clock: deps.clock, secrets: deps.secrets },
      { ...body, projectId, moduleId, key },
    );
    await record({
      action: 'module.create',
      subject: { kind: 'module', id: moduleId },
      data: { type: body.moduleType },
    });
    return { ...made, key, creationTime: toTimestamp(at) };
  });
