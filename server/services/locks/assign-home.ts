import { eq } from 'drizzle-orm';
import { homes } from '@/drizzle/schema';
import type { CommandEnvelope } from '../../contracts/envelope';
import type { assignLockHome as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { giveUpLocks } from '../hubs/give-up-locks';
import { authoriseLock } from './authorise-lock';
import { answerOf, commandLock } from './change-lock';

/**
 * POST /locks/{id}/AssignHome (ours): what the former home gave at this door ends, a named owner too. Raises `not_found`
 * for a home that is not of the lock's project.
 */
export async function assignHome(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  await authoriseLock(deps, 'locks.assignHome', principal, params.id);
  const homeId = body.homeId ?? undefined;
  const changed = await deps.db.transaction(async (tx) => {
    const [home] =
      homeId === undefined
        ? []
        : await tx.select({ projectId: homes.projectId }).from(homes).where(eq(homes.id, homeId));
    if (homeId !== undefined && home === undefined) throw new Failure('not_found');
    const done = await commandLock(
      tx,
      params.id,
      { type: 'Assign', homeId },
      deps.clock.now(),
      identityOf(principal),
    );
    if (home !== undefined && home.projectId !== done.lock.projectId) throw new Failure('not_found');
    return done;
  });
  deps.bus.announce(changed.lines);
  if (changed.lock.hubId !== null) void giveUpLocks(deps, { id: changed.lock.hubId });
  return answerOf(changed);
}
