import { asc, eq, inArray } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { LockRow } from '../locks/load-lock';
import type { LinkDoorRow, LinkRow } from './view';

export interface HeldLink {
  link: LinkRow;
  doors: { door: LinkDoorRow; lock: LockRow }[];
}

/**
 * Holds the locks of a link in order of their ids and then the link itself, the same way round everywhere, so that
 * nobody waits for each other. Undefined: there is none.
 */
export async function holdLink(executor: Executor, linkUuid: string): Promise<HeldLink | undefined> {
  const doors = await executor.select().from(guestLinkDoors).where(eq(guestLinkDoors.linkUuid, linkUuid));
  const held = await holdLocks(
    executor,
    doors.map(({ lockId }) => lockId),
  );
  const [link] = await executor.select().from(guestLinks).where(eq(guestLinks.uuid, linkUuid)).for('update');
  if (link === undefined) return undefined;
  // Read anew under the locks: a door may have gone meanwhile.
  const current = await executor
    .select()
    .from(guestLinkDoors)
    .where(eq(guestLinkDoors.linkUuid, linkUuid))
    .orderBy(asc(guestLinkDoors.place));
  return {
    link,
    doors: current.flatMap((door) => {
      const lock = held.get(door.lockId);
      return lock === undefined ? [] : [{ door, lock }];
    }),
  };
}

/** Holds rows of locks in order of their ids. */
export async function holdLocks(executor: Executor, ids: readonly number[]): Promise<Map<number, LockRow>> {
  if (ids.length === 0) return new Map();
  const rows = await executor
    .select()
    .from(locks)
    .where(inArray(locks.id, [...ids]))
    .orderBy(asc(locks.id))
    .for('update');
  return new Map(rows.map((lock) => [lock.id, lock]));
}
