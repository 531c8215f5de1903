import { and, desc, eq, inArray } from 'drizzle-orm';
import { homeMembers, homes, locks, openings, users } from '@/drizzle/schema';
import type { OpeningView } from '../../contracts/locks';
import type { UserPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { toOpening } from '../locks/view';

/** An opening with the door that it was about. */
export interface RecentOpening {
  opening: OpeningView;
  doorName: string;
  homeName: string;
  timezone?: string;
}

/**
 * The newest openings in the homes where a person is owner or member, newest first; of one home when it is named. Guests
 * are told nothing of others.
 */
export async function recentOpenings(
  { db }: Pick<Deps, 'db'>,
  principal: UserPrincipal,
  { homeId, limit = 5 }: { homeId?: number; limit?: number } = {},
): Promise<RecentOpening[]> {
  const rows = await db
    .select({ opening: openings, doorName: locks.name, homeName: homes.name, timezone: homes.timezone })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .innerJoin(openings, eq(openings.homeId, homes.id))
    .innerJoin(locks, and(eq(locks.id, openings.lockId), eq(locks.homeId, homes.id)))
    .where(
      and(
        eq(homeMembers.userId, principal.userId),
        inArray(homeMembers.role, ['owner', 'member']),
        homeId === undefined ? undefined : eq(homes.id, homeId),
      ),
    )
    .orderBy(desc(openings.createdAt), desc(openings.id))
    .limit(limit);
  return rows.map(({ opening, timezone, ...names }) => ({
    opening: toOpening(opening),
    ...names,
    ...(timezone === null ? {} : { timezone }),
  }));
}
