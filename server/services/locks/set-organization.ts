import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { CommandEnvelope } from '../../contracts/envelope';
import type { setLockOrganization as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { giveUpLocks } from '../hubs/give-up-locks';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';

/**
 * POST /locks/{id}/SetOrganization (lock-api 7): a super key moves any lock, the key of an organisation claims one that
 * has none, for itself. Of two that claim at once the second is told that there is no such lock. Raises `not_found` for
 * an unknown organisation, `forbidden` for another one than the caller's.
 */
export async function setOrganization(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const lock = await authoriseLock(deps, 'locks.setOrganization', principal, params.id);
  const [project] = await deps.db.select().from(projects).where(eq(projects.uuid, body.orgId));
  const isSuper = principal.kind === 'superKey';
  if (!isSuper && project?.id !== projectOf(principal))
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  if (project === undefined) throw new Failure('not_found');
  const answer = await changeLock(
    deps,
    lock.id,
    { type: 'SetOrganization', orgId: project.uuid, isClaim: !isSuper },
    principal,
  );
  if (lock.hubId !== null) void giveUpLocks(deps, { id: lock.hubId });
  return answer;
}
