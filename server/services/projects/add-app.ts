import { and, eq } from 'drizzle-orm';
import { apps } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addApp as operation } from '../../contracts/projects';
import type { Caller, Deps } from '../deps';
import { changeProject, missing } from './change-project';
import { createApp } from './create-app';
import { toApp } from './view';

/** POST /staff/projects/{projectId}/apps. Raises `invalid` ID_TAKEN. */
export const addApp = (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId }, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.addApp', caller, projectId, async ({ tx, record }) => {
    await createApp({ db: tx }, projectId, body.id, body.description);
    await record({ action: 'app.create', subject: { kind: 'app', id: body.id } });
    const [row] = await tx
      .select()
      .from(apps)
      .where(and(eq(apps.projectId, projectId), eq(apps.appId, body.id)));
    if (row === undefined) throw missing();
    return toApp(row);
  });
