import { and, asc, eq, isNull } from 'drizzle-orm';
import { homeMembers, lockGrants, locks, users } from '@/drizzle/schema';
import type { GrantView } from '../../contracts/access';
import type { Membership, listMemberships as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import type { Executor } from '../../db/client';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { personName, toGrant } from '../grants/view';
import { loadHome } from '../homes/load-home';
import { toMembership } from './membership-view';

/** Standing grants at the doors of a home, by whom they were given to. */
export async function grantsByPerson(
  executor: Pick<Executor, 'select'>,
  homeId: number,
  timezone: string | null,
  now: Date,
): Promise<Map<number, GrantView[]>> {
  const rows = await executor
    .select({ grant: lockGrants, user: users })
    .from(lockGrants)
    .innerJoin(locks, and(eq(locks.id, lockGrants.lockId), eq(locks.homeId, homeId)))
    .innerJoin(users, eq(users.id, lockGrants.userId))
    .where(isNull(lockGrants.revokedAt))
    .orderBy(asc(locks.name), asc(locks.id), asc(lockGrants.createdAt), asc(lockGrants.id));
  const { zone } = zoneOf(timezone);
  const found = new Map<number, GrantView[]>();
  for (const { grant, user } of rows) {
    const own = found.get(user.id) ?? [];
    own.push(toGrant(grant, personName(user), now, zone));
    found.set(user.id, own);
  }
  return found;
}

/**
 * GET /homes/{homeId}/memberships (ours), the longest-standing first. Owners are told what everybody was given, members
 * their own grants; a guest sees no place but the own.
 */
export async function listMemberships(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<Membership[]> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authorise('members.details', principal, facts);
  if (home === undefined || principal.kind !== 'user')
    throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const now = clock.now();
  const isOwn = eq(homeMembers.userId, principal.userId);
  const rows = await db
    .select({ membership: homeMembers, user: users })
    .from(homeMembers)
    .innerJoin(users, eq(users.id, homeMembers.userId))
    .where(and(eq(homeMembers.homeId, home.id), facts.role === 'guest' ? isOwn : undefined))
    .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId));
  const grants = await grantsByPerson(db, home.id, home.timezone, now);
  return rows.map(({ membership, user }) => {
    const isTold = facts.role === 'owner' || user.id === principal.userId;
    return toMembership(membership, user, isTold ? (grants.get(user.id) ?? []) : [], now);
  });
}
