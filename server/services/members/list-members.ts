import { asc, eq } from 'drizzle-orm';
import { homeMembers, users } from '@/drizzle/schema';
import type { HomeMember, listMembers as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { loadHome } from '../homes/load-home';
import { toMember } from './view';

/** GET /homes/{homeId}/members (mode-api 5.3), the longest-standing first. */
export async function listMembers(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<HomeMember[]> {
  const { facts } = await loadHome(db, principal, params.homeId);
  authoriseInHome('members.list', principal, facts);
  const rows = await db
    .select({ membership: homeMembers, user: users })
    .from(homeMembers)
    .innerJoin(users, eq(users.id, homeMembers.userId))
    .where(eq(homeMembers.homeId, params.homeId))
    .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId));
  return rows.map(({ membership, user }) => toMember(membership, user));
}
