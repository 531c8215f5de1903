import { and, asc, eq, sql } from 'drizzle-orm';
import { homeMembers, homes, locks, openings, users } from '@/drizzle/schema';
import type { DoorView } from '../../contracts/locks';
import type { Database } from '../../db/client';
import { toCursor } from '../../domain/cursor';
import { authorise, isAllowed } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { toDoorReport, toOpening } from './view';

const newestOpeningId = sql`(select newest.id from openings newest where newest.lock_id = ${locks.id} order by newest.created_at desc limit 1)`;

/** Doors that a user may see, or one of them. Each carries the position of its home that the view holds for. */
export async function readDoors(db: Database, principal: Principal, lockId?: number): Promise<DoorView[]> {
  if (principal.kind !== 'user') return [];
  const rows = await db
    .select({ lock: locks, home: homes, role: homeMembers.role, opening: openings })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .innerJoin(locks, eq(locks.homeId, homes.id))
    .leftJoin(openings, eq(openings.id, newestOpeningId))
    .where(
      and(eq(homeMembers.userId, principal.userId), lockId === undefined ? undefined : eq(locks.id, lockId)),
    )
    .orderBy(asc(homes.name), asc(homes.id), asc(locks.name), asc(locks.id));
  return rows.map(({ lock, home, role, opening }) => ({
    ...toDoorReport(lock),
    uuid: lock.uuid,
    name: lock.name,
    homeId: home.id,
    homeName: home.name,
    ...(home.timezone === null ? {} : { timezone: home.timezone }),
    gesture: lock.gesture,
    role,
    canOpen: isAllowed('locks.open', principal, {
      projectId: lock.projectId,
      role,
      deactivated: home.deactivated,
    }),
    ...(opening === null ? {} : { opening: toOpening(opening) }),
    cursor: toCursor(home.id, home.position),
  }));
}

/** GET /locks (ours): the doors of all homes of the caller. */
export async function listDoors(
  { db }: Deps,
  principal: Principal,
): Promise<{ items: DoorView[]; next: null }> {
  authorise('locks.list', principal);
  return { items: await readDoors(db, principal), next: null };
}
