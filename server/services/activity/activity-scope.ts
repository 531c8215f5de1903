import { and, eq, isNull, sql } from 'drizzle-orm';
import { lockGrants, locks } from '@/drizzle/schema';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise, type Role } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { loadLock } from '../locks/load-lock';
import type { ActivityScope } from './read-activity';

type Reading = Pick<Deps, 'db' | 'clock'>;

function partOf(
  principal: Principal,
  role: Role | undefined,
): Pick<ActivityScope, 'onlyOfUser' | 'withAddresses'> {
  if (principal.kind !== 'user' || role === undefined) throw new Failure('forbidden');
  return role === 'guest'
    ? { onlyOfUser: principal.userId, withAddresses: false }
    : { withAddresses: role === 'owner' };
}

/** What the caller may read of one door. Raises `forbidden` and `not_found`. */
export async function scopeOfLock(
  { db, clock }: Reading,
  principal: Principal,
  lockId: number,
): Promise<ActivityScope> {
  const { lock, home, facts } = await loadLock(db, principal, lockId, clock.now());
  authorise('locks.activity', principal, facts);
  if (lock === undefined || home === undefined) throw new Failure('not_found');
  return {
    homeId: home.id,
    zone: zoneOf(home.timezone).zone,
    doors: new Map([[lock.id, lock.name]]),
    ...partOf(principal, facts.role),
  };
}

/**
 * What the caller may read of a home: all its doors, a guest of those of a grant. `lockId`: of that door alone. Raises
 * `forbidden` and `not_found`.
 */
export async function scopeOfHome(
  { db }: Reading,
  principal: Principal,
  homeId: number,
  lockId?: number,
): Promise<ActivityScope> {
  const { home, facts } = await loadHome(db, principal, homeId);
  authorise('homes.activity', principal, facts);
  if (home === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const part = partOf(principal, facts.role);
  const rows = await db
    .select({ id: locks.id, name: locks.name })
    .from(locks)
    .where(
      and(
        eq(locks.homeId, homeId),
        isNull(locks.removedAt),
        lockId === undefined ? undefined : eq(locks.id, lockId),
        part.onlyOfUser === undefined
          ? undefined
          : sql`exists (select 1 from ${lockGrants} where ${lockGrants.lockId} = ${locks.id}
              and ${lockGrants.userId} = ${part.onlyOfUser} and ${lockGrants.revokedAt} is null)`,
      ),
    )
    .orderBy(locks.name, locks.id);
  return {
    homeId,
    zone: zoneOf(home.timezone).zone,
    doors: new Map(rows.map(({ id, name }) => [id, name])),
    withSupport: facts.role === 'owner' && lockId === undefined,
    ...part,
  };
}
