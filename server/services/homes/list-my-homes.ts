import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { homeMembers, homes, hubs, users } from '@/drizzle/schema';
import type { Home } from '../../contracts/homes';
import { toTimestamp } from '../../contracts/values';
import { toCursor } from '../../domain/cursor';
import { invitationLifeMs } from '../../domain/invitation';
import type { UserPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { toHome } from './view';

/** A home among those of a person, with what waits for its owner. */
export interface MyHome extends Home {
  role: 'owner' | 'member' | 'guest';
  /** Where the home's log stood. */
  cursor: string;
  /** Invitations that nobody has accepted; owners alone are told. */
  invitations: { waiting: number; expired: number };
  /** Hubs in use that cannot be reached; guests are told of none. */
  lostHubs: { id: string; serial: string; since?: string }[];
}

/** The homes of a person for pages, by name. */
export async function listMyHomes({ db, clock }: Deps, principal: UserPrincipal): Promise<MyHome[]> {
  const alive = new Date(clock.now().getTime() - invitationLifeMs).toISOString();
  const invited = (isAlive: boolean) => sql<number>`(
    select count(*)::int from home_members m join users u on u.id = m.user_id
    where m.home_id = ${homes.id} and not u.verified
      and (coalesce(m.invited_at, m.created_at) > ${alive}::timestamptz) = ${isAlive})`;
  const rows = await db
    .select({ home: homes, role: homeMembers.role, waiting: invited(true), expired: invited(false) })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(eq(homeMembers.userId, principal.userId))
    .orderBy(asc(homes.name), asc(homes.id));
  const watched = rows.filter(({ role }) => role !== 'guest').map(({ home }) => home.id);
  const lost = await db
    .select({ id: hubs.id, homeId: hubs.homeId, serial: hubs.serial, since: hubs.reachableSince })
    .from(hubs)
    .where(
      and(
        inArray(hubs.homeId, watched),
        eq(hubs.reachable, false),
        inArray(hubs.status, ['provisioned', 'claimed']),
      ),
    )
    .orderBy(asc(hubs.serial));
  return rows.map(({ home, role, waiting, expired }) => ({
    ...toHome(home),
    role,
    cursor: toCursor(home.id, home.position),
    invitations: role === 'owner' ? { waiting, expired } : { waiting: 0, expired: 0 },
    lostHubs: lost
      .filter(({ homeId }) => homeId === home.id)
      .map(({ id, serial, since }) => ({
        id,
        serial,
        ...(since === null ? {} : { since: toTimestamp(since) }),
      })),
  }));
}
