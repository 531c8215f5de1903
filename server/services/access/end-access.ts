import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, guestPins, lockGrants, locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** Somebody is out of a home: the grants that this person had at its doors end. */
export async function endGrantsOfMember(
  executor: Executor,
  homeId: number,
  userId: number,
  now: Date,
): Promise<void> {
  await executor
    .update(lockGrants)
    .set({ revokedAt: now })
    .where(
      and(
        eq(lockGrants.userId, userId),
        isNull(lockGrants.revokedAt),
        sql`${lockGrants.lockId} in (select ${locks.id} from ${locks} where ${locks.homeId} = ${homeId})`,
      ),
    );
}

/**
 * A lock leaves its home: grants and PINs at it end, it is no door of a guest link any more, and a link that has no
 * door left is revoked. The caller holds the lock's row.
 */
export async function endAccessOfLock(executor: Executor, lockId: number, now: Date): Promise<void> {
  await executor
    .update(lockGrants)
    .set({ revokedAt: now })
    .where(and(eq(lockGrants.lockId, lockId), isNull(lockGrants.revokedAt)));
  await executor.delete(guestPins).where(eq(guestPins.lockId, lockId));
  const doors = await executor
    .delete(guestLinkDoors)
    .where(eq(guestLinkDoors.lockId, lockId))
    .returning({ linkUuid: guestLinkDoors.linkUuid });
  if (doors.length === 0) return;
  const uuids = doors.map(({ linkUuid }) => linkUuid);
  await executor
    .update(guestLinks)
    .set({ revokedAt: now })
    .where(
      and(
        inArray(guestLinks.uuid, uuids),
        isNull(guestLinks.revokedAt),
        sql`not exists (select 1 from ${guestLinkDoors} where ${guestLinkDoors.linkUuid} = ${guestLinks.uuid})`,
      ),
    );
}
