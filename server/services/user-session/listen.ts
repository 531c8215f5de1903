import { and, eq, sql } from 'drizzle-orm';
import { homeMembers, projects, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { gathered } from '../../db/gathered';
import { prepared } from '../../db/prepared';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';

const listeners = prepared((db: Database) =>
  db
    .select({
      key: users.id,
      accountType: projects.accountType,
      verified: users.verified,
      homeIds: sql<string | null>`array_to_string(array_agg(${homeMembers.homeId}), ',')`,
    })
    .from(users)
    .innerJoin(projects, eq(projects.id, users.projectId))
    .leftJoin(homeMembers, eq(homeMembers.userId, users.id))
    .where(sql`${users.id} = any(${sql.placeholder('ids')}::bigint[])`)
    .groupBy(users.id, projects.id)
    .prepare('home_listeners'),
);
const listenerById = gathered(async (db, ids) =>
  (await listeners(db).execute({ ids })).map((row) => ({ key: row.key, row })),
);

/**
 * GET /userSession/websocket (mode-api 5.8, 6.3): the homes whose events the caller hears, memberships of verified
 * people. Raises `forbidden` in projects that keep their own accounts.
 */
export async function listenToHomes({ db }: Pick<Deps, 'db'>, principal: Principal): Promise<number[]> {
  if (principal.kind !== 'user') {
    authorise('userSession.listen', principal);
    return [];
  }
  const listener = await listenerById(db, principal.userId);
  authorise('userSession.listen', principal, { isByou: listener?.accountType === 'byou' });
  if (listener?.verified !== true || !listener.homeIds) return [];
  return listener.homeIds.split(',').map(Number);
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
