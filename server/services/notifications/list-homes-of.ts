import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { homeMembers, homes, lockGrants, locks, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import type { Role } from '../../domain/permissions';

export interface SeenHome {
  id: number;
  name: string;
  role: Role;
  doors: { id: number; name: string }[];
}

/** The homes of a person with the doors that this person may see now: all of them, a guest those of a grant. */
export async function listHomesOf(db: Database, userId: number): Promise<SeenHome[]> {
  const granted = sql`exists (select 1 from ${lockGrants} where ${lockGrants.lockId} = ${locks.id}
    and ${lockGrants.userId} = ${userId} and ${lockGrants.revokedAt} is null)`;
  const rows = await db
    .select({ home: homes, role: homeMembers.role, lockId: locks.id, lockName: locks.name })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .leftJoin(
      locks,
      and(
        eq(locks.homeId, homes.id),
        isNull(locks.removedAt),
        or(sql`${homeMembers.role} <> 'guest'`, granted),
      ),
    )
    .where(eq(homeMembers.userId, userId))
    .orderBy(asc(homes.name), asc(homes.id), asc(locks.name), asc(locks.id));
  const found = new Map<number, SeenHome>();
  for (const { home, role, lockId, lockName } of rows) {
    const seen = found.get(home.id) ?? { id: home.id, name: home.name, role, doors: [] };
    if (lockId !== null) seen.doors.push({ id: lockId, name: lockName ?? '' });
    found.set(home.id, seen);
  }
  return [...found.values()];
}
