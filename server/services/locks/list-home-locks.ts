import { and, asc, eq, isNull } from 'drizzle-orm';
import { homeMembers, hubs, locks, users } from '@/drizzle/schema';
import type { HomeLock, listHomeLocks as operation } from '../../contracts/home-locks';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { toDoorReport, toLockFacts } from './view';

type Owner = { userId: number; name: string };
const nameOf = (user: { name: string | null; email: string | null }): string => user.name ?? user.email ?? '';

/**
 * GET /homes/{homeId}/locks (ours): the locks of a home with their hub and owner, by name, for its owners and members.
 * Raises `not_found`, `forbidden`.
 */
export async function listHomeLocks(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { facts } = await loadHome(db, principal, params.homeId);
  authorise('homes.locks', principal, facts);
  const [first] = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(homeMembers)
    .innerJoin(users, eq(users.id, homeMembers.userId))
    .where(and(eq(homeMembers.homeId, params.homeId), eq(homeMembers.role, 'owner')))
    .orderBy(asc(homeMembers.createdAt), asc(users.id))
    .limit(1);
  const homeOwner: Owner | undefined =
    first === undefined ? undefined : { userId: first.id, name: nameOf(first) };
  const rows = await db
    .select({
      lock: locks,
      hub: { hubId: hubs.id, serial: hubs.serial, model: hubs.model },
      owner: { id: users.id, name: users.name, email: users.email },
    })
    .from(locks)
    .leftJoin(hubs, eq(hubs.id, locks.hubId))
    .leftJoin(users, eq(users.id, locks.ownerId))
    .where(and(eq(locks.homeId, params.homeId), isNull(locks.removedAt)))
    .orderBy(asc(locks.name), asc(locks.id));
  return {
    items: rows.map(({ lock, hub, owner }): HomeLock => {
      const whose = owner === null ? homeOwner : { userId: owner.id, name: nameOf(owner) };
      return {
        ...toDoorReport(lock),
        ...toLockFacts(lock),
        uuid: lock.uuid,
        name: lock.name,
        gesture: lock.gesture,
        ...(lock.serialNumber === null ? {} : { serialNumber: lock.serialNumber }),
        ...(lock.vendorName === null ? {} : { vendorName: lock.vendorName }),
        ...(hub === null ? {} : { hub }),
        ...(whose === undefined ? {} : { owner: whose }),
      };
    }),
  };
}
