import { and, eq, sql } from 'drizzle-orm';
import { homeMembers, homes, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { HomeRow } from './view';

/** Memberships count once the person is verified (model 2). */
const query = prepared((db: Database) =>
  db
    .select({ home: homes, role: homeMembers.role, verified: users.verified })
    .from(homes)
    .leftJoin(
      homeMembers,
      and(eq(homeMembers.homeId, homes.id), eq(homeMembers.userId, sql.placeholder('userId'))),
    )
    .leftJoin(users, eq(users.id, homeMembers.userId))
    .where(eq(homes.id, sql.placeholder('homeId')))
    .prepare('load_home'),
);

/** A home and what the permission table needs to know of it and the caller. */
export async function loadHome(
  db: Database,
  principal: Principal,
  homeId: number,
): Promise<{ home: HomeRow | undefined; facts: Facts }> {
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const [row] = await query(db).execute({ homeId, userId });
  if (row === undefined) return { home: undefined, facts: { exists: false } };
  return {
    home: row.home,
    facts: {
      exists: true,
      projectId: row.home.projectId,
      deactivated: row.home.deactivated,
      role: row.verified === true ? (row.role ?? undefined) : undefined,
    },
  };
}
