import { and, eq, sql } from 'drizzle-orm';
import { homeMembers, projects, users } from '@/drizzle/schema';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';

/**
 * GET /userSession/websocket (mode-api 5.8, 6.3): the homes whose events the caller hears, memberships of verified
 * people. Raises `forbidden` in projects that keep their own accounts.
 */
export async function listenToHomes({ db }: Pick<Deps, 'db'>, principal: Principal): Promise<number[]> {
  if (principal.kind !== 'user') {
    authorise('userSession.listen', principal);
    return [];
  }
  const rows = await db
    .select({ accountType: projects.accountType, verified: users.verified, homeId: homeMembers.homeId })
    .from(users)
    .innerJoin(projects, eq(projects.id, users.projectId))
    .leftJoin(homeMembers, eq(homeMembers.userId, users.id))
    .where(eq(users.id, principal.userId));
  authorise('userSession.listen', principal, { isByou: rows[0]?.accountType === 'byou' });
  return rows.flatMap(({ homeId, verified }) => (homeId === null || !verified ? [] : [homeId]));
}

/** The homes that each of these people hears now. */
export async function homesHeardBy(
  { db }: Pick<Deps, 'db'>,
  userIds: readonly number[],
): Promise<Map<number, Set<number>>> {
  const heard = new Map(userIds.map((userId) => [userId, new Set<number>()]));
  if (userIds.length === 0) return heard;
  const rows = await db
    .select({ userId: homeMembers.userId, homeId: homeMembers.homeId })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .where(sql`${homeMembers.userId} = any(${`{${userIds.join(',')}}`}::bigint[])`);
  for (const { userId, homeId } of rows) heard.get(userId)?.add(homeId);
  return heard;
}
