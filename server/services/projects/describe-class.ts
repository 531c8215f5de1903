import { and, eq } from 'drizzle-orm';
import { deviceClasses } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { describeDeviceClass as operation } from '../../contracts/project-devices';
import type { Caller, Deps } from '../deps';
import { changeProject, missing } from './change-project';

/** PATCH /staff/projects/{projectId}/device-classes/{classId}. Raises `not_found`. */
export async function describeDeviceClass(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, classId }, body: { description } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.describeClass', caller, projectId, async ({ tx, record }) => {
    const changed = await tx
      .update(deviceClasses)
      .set({ description })
      .where(and(eq(deviceClasses.projectId, projectId), eq(deviceClasses.classId, classId)))
      .returning({ id: deviceClasses.classId });
    if (changed.length === 0) throw missing();
    await record({
      action: 'deviceClass.update',
      subject: { kind: 'deviceClass', id: classId },
      data: { description },
    });
  });
}
