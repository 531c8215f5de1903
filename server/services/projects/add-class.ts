import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addDeviceClass as operation } from '../../contracts/project-devices';
import type { Caller, Deps } from '../deps';
import { changeProject } from './change-project';
import { createDeviceClass } from './create-device-class';

/** POST /staff/projects/{projectId}/device-classes. Raises `invalid` ID_TAKEN. */
export const addDeviceClass = (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId }, body: { id: classId, description = '' } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.addClass', caller, projectId, async ({ tx, record }) => {
    await createDeviceClass({ db: tx }, { projectId, classId, description });
    await record({ action: 'deviceClass.create', subject: { kind: 'deviceClass', id: classId } });
    return { id: classId, description };
  });
