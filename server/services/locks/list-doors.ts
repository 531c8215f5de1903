import { and, asc, eq, sql } from 'drizzle-orm';
import { favouriteDoors, homeMembers, homes, lockKeys, locks, openings, users } from '@/drizzle/schema';
import type { DoorView } from '../../contracts/locks';
import { toTimestamp } from '../../contracts/values';
import type { Database } from '../../db/client';
import { type Access, decideAccess } from '../../domain/access/decide-access';
import { zoneOf } from '../../domain/access/zone';
import { toCursor } from '../../domain/cursor';
import { gestureChangesAt, gestureFor } from '../../domain/lock/gesture';
import { authorise } from '../../domain/permissions';
import { grantsOf, grantsStandingOf } from '../access/grants-of';
import type { Caller, Deps } from '../deps';
import { hubAddressesOf, isAmong } from '../hubs/at-home';
import { toDoorReport, toOpening } from './view';

const newestOpeningId = sql`(select newest.id from openings newest where newest.lock_id = ${locks.id} order by newest.created_at desc limit 1)`;

/** Who looks at doors, and from where: some ask more of whoever is not at home. */
export type Onlooker = Pick<Caller, 'principal' | 'address'>;

const changeOf = (access: Access): Date | undefined => (access.allowed ? access.until : access.next);

/**
 * Doors that a user may see, favourites first, or one of them; guests see those that they have a grant for. Each carries the position of
 * its home that the view holds for, and whether the caller may open it by the decision that an opening asks for.
 */
export async function readDoors(
  db: Database,
  { principal, address }: Onlooker,
  lockId?: number,
  at: Date = new Date(),
): Promise<DoorView[]> {
  if (principal.kind !== 'user') return [];
  const { userId } = principal;
  const isLook = principal.kind === 'user' && principal.view !== undefined;
  const rows = await db
    .select({
      lock: locks,
      home: homes,
      role: homeMembers.role,
      opening: openings,
      isKeyHolder: sql<boolean>`exists (select 1 from ${lockKeys} where ${lockKeys.lockId} = ${locks.id} and ${lockKeys.userId} = ${userId})`,
      favouritePlace: favouriteDoors.place,
      grants: grantsOf(locks.id, sql`${userId}`),
      hubAddresses: hubAddressesOf(homes.id),
    })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .innerJoin(locks, eq(locks.homeId, homes.id))
    .leftJoin(favouriteDoors, and(eq(favouriteDoors.lockId, locks.id), eq(favouriteDoors.userId, userId)))
    .leftJoin(openings, eq(openings.id, newestOpeningId))
    .where(and(eq(homeMembers.userId, userId), lockId === undefined ? undefined : eq(locks.id, lockId)))
    .orderBy(asc(favouriteDoors.place), asc(homes.name), asc(homes.id), asc(locks.name), asc(locks.id));
  return rows.flatMap(
    ({ lock, home, role, opening, isKeyHolder, favouritePlace, grants, hubAddresses }): DoorView[] => {
      if (role === 'guest' && grants === null) return [];
      const access = decideAccess('user', {
        role,
        deactivated: home.deactivated,
        isLockOwner: lock.ownerId === userId,
        isKeyHolder,
        standing: grantsStandingOf(grants, at, home.timezone, { withTimes: true }),
      });
      const isAtHome = isAmong(hubAddresses, address);
      const { zone } = zoneOf(home.timezone);
      const { gesture, because } = gestureFor(lock, { at, zone, isAtHome });
      // Of one door alone: to look for it costs more than a list of many should pay.
      const changes =
        lockId === undefined
          ? []
          : [changeOf(access), gestureChangesAt(lock, { at, zone })].filter((one) => one !== undefined);
      const [changesAt] = changes.toSorted((one, other) => one.getTime() - other.getTime());
      return [
        {
          ...toDoorReport(lock),
          uuid: lock.uuid,
          name: lock.name,
          homeId: home.id,
          homeName: home.name,
          ...(home.timezone === null ? {} : { timezone: home.timezone }),
          gesture,
          ...(because.length === 0 ? {} : { stricter: because }),
          role,
          canOpen: access.allowed && !isLook,
          ...(role === 'owner' && lock.keypad?.takesPins === true ? { takesPins: true as const } : {}),
          ...(favouritePlace === null ? {} : { favourite: true }),
          ...(access.allowed
            ? {}
            : {
                whyNot: {
                  reason: access.reason,
                  ...(access.next === undefined ? {} : { next: toTimestamp(access.next) }),
                },
              }),
          ...(changesAt === undefined ? {} : { changesAt: toTimestamp(changesAt) }),
          ...(opening === null ? {} : { opening: toOpening(opening) }),
          cursor: toCursor(home.id, home.position),
        },
      ];
    },
  );
}

/** GET /locks (ours): the doors of all homes of the caller. */
export async function listDoors(
  { db }: Deps,
  onlooker: Onlooker,
): Promise<{ items: DoorView[]; next: null }> {
  authorise('locks.list', onlooker.principal);
  return { items: await readDoors(db, onlooker), next: null };
}
