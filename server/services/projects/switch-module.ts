import { and, eq } from 'drizzle-orm';
import { smartModules } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { switchModule as operation } from '../../contracts/project-modules';
import type { Caller, Deps } from '../deps';
import { loadModule } from '../modules/load-module';
import { changeProject } from './change-project';

/** PATCH /staff/projects/{projectId}/modules/{moduleId}: suspended, it is told nothing; what waits is told when it is resumed. Raises `not_found`. */
export async function switchModule(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, moduleId }, body: { suspended } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.switchModule', caller, projectId, async ({ tx, record }) => {
    const found = await loadModule(tx, projectId, moduleId);
    if (found.suspended === suspended) return;
    await tx
      .update(smartModules)
      .set({ suspended })
      .where(and(eq(smartModules.projectId, projectId), eq(smartModules.moduleId, moduleId)));
    await record({
      action: suspended ? 'module.suspend' : 'module.resume',
      subject: { kind: 'module', id: moduleId },
    });
  });
}
