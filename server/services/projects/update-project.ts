import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { updateProject as operation } from '../../contracts/projects';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { changeProject } from './change-project';

/**
 * PATCH /staff/projects/{projectId}: name, who manages members, private webhooks and quotas. Private webhooks reach into
 * the network of the installation, which is the business of those who administer every project. Raises `forbidden`.
 */
export async function updateProject(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.update', caller, params.projectId, async ({ tx, project, record }) => {
    const changed = (Object.keys(body) as (keyof typeof body)[]).filter(
      (field) => body[field] !== undefined && body[field] !== project[field],
    );
    if (changed.length === 0) return;
    const { principal } = caller;
    const isOfAll = principal.kind === 'staff' && principal.projects === 'all';
    if (changed.includes('allowPrivateWebhooks') && !isOfAll)
      throw new Failure('forbidden', {
        reason: 'EVERY_PROJECT_ONLY',
        message: 'allowPrivateWebhooks: only administrators of every project may change it.',
      });
    const of = (values: Partial<typeof project> | typeof body) =>
      Object.fromEntries(changed.map((field) => [field, values[field]]));
    await tx.update(projects).set(of(body)).where(eq(projects.id, project.id));
    await record({ action: 'project.update', data: { from: of(project), to: of(body) } });
  });
}
