import { and, eq } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, homeMembers, homes, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { LinkRow } from './view';

/** A link by its name, and what the permission table needs to know of it and whoever manages it. */
export async function loadLink(
  db: Database,
  principal: Principal,
  linkUuid: string,
): Promise<{ link: LinkRow | undefined; facts: Facts }> {
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const [row] = await db
    .select({ link: guestLinks, home: homes, role: homeMembers.role, verified: users.verified })
    .from(guestLinks)
    .leftJoin(homes, eq(homes.id, guestLinks.homeId))
    .leftJoin(homeMembers, and(eq(homeMembers.homeId, guestLinks.homeId), eq(homeMembers.userId, userId)))
    .leftJoin(users, eq(users.id, homeMembers.userId))
    .where(eq(guestLinks.uuid, linkUuid));
  if (row === undefined) return { link: undefined, facts: { exists: false } };
  return {
    link: row.link,
    facts: {
      exists: true,
      projectId: row.link.projectId,
      deactivated: row.home?.deactivated ?? false,
      role: row.verified === true ? (row.role ?? undefined) : undefined,
    },
  };
}

/** A link that has this lock among its doors, revoked or not; undefined: none. */
export async function findLinkOfLock(
  db: Database,
  linkUuid: string,
  lockId: number,
): Promise<LinkRow | undefined> {
  const [row] = await db
    .select({ link: guestLinks })
    .from(guestLinks)
    .innerJoin(guestLinkDoors, eq(guestLinkDoors.linkUuid, guestLinks.uuid))
    .where(and(eq(guestLinks.uuid, linkUuid), eq(guestLinkDoors.lockId, lockId)));
  return row?.link;
}
