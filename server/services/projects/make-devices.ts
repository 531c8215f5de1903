import type { InputOf, OutputOf } from '../../contracts/operation';
import type { makeDevices as operation } from '../../contracts/project-devices';
import { Failure, invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { createDevices } from '../devices/create-devices';
import { changeProject } from './change-project';

/**
 * POST /staff/projects/{projectId}/devices: a batch of pre-provisioned devices (mode-api 3), whose keys are in this answer
 * alone. Raises `invalid` for a class that is none of the project, `conflict` where devices are made on demand.
 */
export const makeDevices = (
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  { params: { projectId }, body: { deviceClass, count, tagPrefix } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.makeDevices', caller, projectId, async ({ tx, project, record }) => {
    if (project.provisioning === 'on-demand')
      throw new Failure('conflict', {
        reason: 'ON_DEMAND',
        message: 'This project makes its devices on demand; none are added by hand.',
      });
    const items = await createDevices(
      { db: tx, clock: deps.clock, secrets: deps.secrets },
      { projectId, deviceClass, count, tagPrefix },
    ).catch((error: unknown) => {
      // The operator's command line calls it otherwise.
      const isClass = error instanceof Failure && error.issues[0]?.field === 'class';
      throw isClass ? invalidField('deviceClass', error.issues[0]?.message ?? '') : error;
    });
    await record({
      action: 'device.create-batch',
      subject: { kind: 'deviceClass', id: deviceClass },
      data: { count, first: items[0]?.id, last: items.at(-1)?.id, tagPrefix },
    });
    return { items };
  });
