import { and, asc, eq, isNull } from 'drizzle-orm';
import { lockGrants, users } from '@/drizzle/schema';
import type { listGrants as operation } from '../../contracts/access';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { zoneOf } from '../../domain/access/zone';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { personName, toGrant } from './view';

/** GET /locks/{id}/grants (ours): grants that were not taken away, those that have ended among them. */
export async function listGrants(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = clock.now();
  const { home, facts } = await loadLock(db, principal, params.id, now);
  authorise('grants.list', principal, facts);
  const rows = await db
    .select({ grant: lockGrants, user: users })
    .from(lockGrants)
    .innerJoin(users, eq(users.id, lockGrants.userId))
    .where(and(eq(lockGrants.lockId, params.id), isNull(lockGrants.revokedAt)))
    .orderBy(asc(lockGrants.createdAt), asc(lockGrants.id));
  const { zone } = zoneOf(home?.timezone);
  return {
    items: rows.map(({ grant, user }) => toGrant(grant, personName(user), now, zone)),
    next: null,
  };
}
