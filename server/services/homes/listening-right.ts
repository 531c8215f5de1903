import { and, eq, isNull } from 'drizzle-orm';
import { lockGrants, locks } from '@/drizzle/schema';
import type { ListeningRight } from '../../domain/listening';
import { isAllowed } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadHome } from './load-home';

/**
 * What the caller may hear of a home: whoever may read it hears all of it, a guest of doors those of a grant alone.
 * Undefined: nothing.
 */
export async function listeningRight(
  { db }: Pick<Deps, 'db'>,
  principal: Principal,
  homeId: number,
): Promise<ListeningRight | undefined> {
  const { facts } = await loadHome(db, principal, homeId);
  if (!isAllowed('homes.get', principal, facts)) return undefined;
  if (principal.kind !== 'user' || facts.role !== 'guest') return { kind: 'all' };
  const { userId } = principal;
  const granted = await db
    .selectDistinct({ lockId: lockGrants.lockId })
    .from(lockGrants)
    .innerJoin(locks, eq(locks.id, lockGrants.lockId))
    .where(and(eq(locks.homeId, homeId), eq(lockGrants.userId, userId), isNull(lockGrants.revokedAt)));
  return { kind: 'guest', userId, lockIds: new Set(granted.map(({ lockId }) => lockId)) };
}
