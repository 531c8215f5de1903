import { and, eq, isNull, sql } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, homeMembers, homes, lockKeys, locks, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import { linkStanding } from '../../domain/access/standing';
import { zoneOf } from '../../domain/access/zone';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import { grantsOf, grantsStandingOf } from '../access/grants-of';
import type { HomeRow } from '../homes/view';
import { linkStateOf } from '../links/view';

export type LockRow = typeof locks.$inferSelect;

const userId = sql.placeholder('userId');
const query = prepared((db: Database) =>
  db
    .select({
      lock: locks,
      home: homes,
      role: homeMembers.role,
      verified: users.verified,
      isKeyHolder: sql<boolean>`exists (select 1 from ${lockKeys} where ${lockKeys.lockId} = ${locks.id} and ${lockKeys.userId} = ${userId})`,
      grants: grantsOf(locks.id, userId),
    })
    .from(locks)
    .leftJoin(homes, eq(homes.id, locks.homeId))
    .leftJoin(users, eq(users.id, userId))
    .leftJoin(homeMembers, and(eq(homeMembers.homeId, homes.id), eq(homeMembers.userId, userId)))
    .where(and(eq(locks.id, sql.placeholder('lockId')), isNull(locks.removedAt)))
    .prepare('load_lock'),
);

const linkQuery = prepared((db: Database) =>
  db
    .select({ lock: locks, home: homes, link: guestLinks, doorId: guestLinkDoors.id })
    .from(locks)
    .leftJoin(homes, eq(homes.id, locks.homeId))
    .leftJoin(
      guestLinkDoors,
      and(
        eq(guestLinkDoors.lockId, locks.id),
        eq(guestLinkDoors.linkUuid, sql`${sql.placeholder('linkId')}::uuid`),
      ),
    )
    .leftJoin(guestLinks, eq(guestLinks.uuid, guestLinkDoors.linkUuid))
    .where(and(eq(locks.id, sql.placeholder('lockId')), isNull(locks.removedAt)))
    .prepare('load_lock_of_link'),
);

export interface LoadedLock {
  lock: LockRow | undefined;
  home: HomeRow | undefined;
  facts: Facts;
}

const nothing: LoadedLock = { lock: undefined, home: undefined, facts: { exists: false } };

/** A lock as a guest link reaches it: the link counts at its own doors alone, and in the home it was made for. */
async function loadForLink(db: Database, linkId: string, lockId: number, at: Date): Promise<LoadedLock> {
  const [row] = await linkQuery(db).execute({ lockId, linkId });
  if (row === undefined) return nothing;
  const { lock, home, link } = row;
  const isOfHome = link !== null && link.homeId === lock.homeId && link.projectId === lock.projectId;
  return {
    lock,
    home: home ?? undefined,
    facts: {
      exists: true,
      projectId: lock.projectId,
      deactivated: home?.deactivated ?? false,
      standing: isOfHome
        ? linkStanding(linkStateOf(link), at, zoneOf(home?.timezone).zone, { countUses: false })
        : undefined,
    },
  };
}

/** A lock and what the permission table needs to know of it and the caller, in one round trip. */
export async function loadLock(
  db: Database,
  principal: Principal,
  lockId: number,
  at: Date = new Date(),
): Promise<LoadedLock> {
  if (principal.kind === 'guestLink') return loadForLink(db, principal.linkId, lockId, at);
  const [row] = await query(db).execute({
    lockId,
    userId: principal.kind === 'user' ? principal.userId : 0,
  });
  if (row === undefined) return nothing;
  const { lock, home } = row;
  const isUser = principal.kind === 'user';
  const isVerified = row.verified === true;
  return {
    lock,
    home: home ?? undefined,
    facts: {
      exists: true,
      projectId: lock.projectId,
      deactivated: home?.deactivated ?? false,
      role: isVerified ? (row.role ?? undefined) : undefined,
      ...(isUser && {
        isUnverified: !isVerified,
        isLockOwner: isVerified && lock.ownerId === principal.userId,
        isKeyHolder: isVerified && row.isKeyHolder,
        standing: grantsStandingOf(row.grants, at, home?.timezone),
      }),
    },
  };
}

/** The MQTT identity that holds a lock's shadow. */
export const lockThing = (uuid: string): string => `lock-${uuid}`;

/** The uuid of a lock's thing; undefined for other things. */
export const lockUuid = (thing: string): string | undefined =>
  thing.startsWith('lock-') ? thing.slice(5) : undefined;
