import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import { type Quotas, quotaNames } from '../../contracts/project-words';
import type { updateProject as operation } from '../../contracts/projects';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { changeProject } from './change-project';

type Changes = Omit<InputOf<typeof operation>['body'], 'quotas'>;

/** The limits that were named, each null where there is none. */
const namedOf = (quotas: Quotas, named: readonly (keyof Quotas)[]) =>
  Object.fromEntries(named.map((name) => [name, quotas[name] ?? null]));

/**
 * PATCH /staff/projects/{projectId}: name, who manages members, private webhooks and limits. Private webhooks reach into
 * the network of the installation, which is the business of those who administer every project. Raises `forbidden`.
 */
export async function updateProject(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params, body: { quotas: wanted = {}, ...body } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.update', caller, params.projectId, async ({ tx, project, record }) => {
    const changed = (Object.keys(body) as (keyof Changes)[]).filter(
      (field) => body[field] !== undefined && body[field] !== project[field],
    );
    const limits = quotaNames.filter(
      (name) => wanted[name] !== undefined && wanted[name] !== (project.quotas[name] ?? null),
    );
    if (changed.length + limits.length === 0) return;
    const { principal } = caller;
    const isOfAll = principal.kind === 'staff' && principal.projects === 'all';
    if (changed.includes('allowPrivateWebhooks') && !isOfAll)
      throw new Failure('forbidden', {
        reason: 'EVERY_PROJECT_ONLY',
        message: 'allowPrivateWebhooks: only administrators of every project may change it.',
      });
    const of = (values: Partial<typeof project> | Changes) =>
      Object.fromEntries(changed.map((field) => [field, values[field]]));
    const quotas: Quotas = { ...project.quotas };
    for (const name of limits) {
      const most = wanted[name] ?? null;
      if (most === null) delete quotas[name];
      else quotas[name] = most;
    }
    await tx
      .update(projects)
      .set({ ...of(body), quotas })
      .where(eq(projects.id, project.id));
    await record({
      action: 'project.update',
      data: {
        from: { ...of(project), ...namedOf(project.quotas, limits) },
        to: { ...of(body), ...namedOf(quotas, limits) },
      },
    });
  });
}
