import { and, eq } from 'drizzle-orm';
import { apps } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { removeApp as operation } from '../../contracts/projects';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { changeProject, missing } from './change-project';

/**
 * DELETE /staff/projects/{projectId}/apps/{appId}: nobody signs in by that app any more; whoever did stays. Raises
 * `conflict` for the last one, without which nobody could sign in at all.
 */
export async function removeApp(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, appId } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.removeApp', caller, projectId, async ({ tx, record }) => {
    const rows = await tx.select({ id: apps.appId }).from(apps).where(eq(apps.projectId, projectId));
    if (!rows.some(({ id }) => id === appId)) throw missing();
    if (rows.length === 1)
      throw new Failure('conflict', {
        reason: 'LAST_APP',
        message: 'Without an app nobody could sign in. Add another one first.',
      });
    await tx.delete(apps).where(and(eq(apps.projectId, projectId), eq(apps.appId, appId)));
    await record({ action: 'app.remove', subject: { kind: 'app', id: appId } });
  });
}
