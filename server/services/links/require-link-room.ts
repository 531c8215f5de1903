import { and, count, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { guestLinkDoors, guestLinks } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { quotaReached, quotasOf } from '../projects/require-quota';

/**
 * Asks whether doors may have one more guest link each; those that were revoked or have run out count no more. The caller
 * holds the rows of the locks. Raises `forbidden` EXCEEDED_MAX_LINKS_PER_DOOR.
 */
export async function requireLinkRoom(
  tx: Transaction,
  projectId: number,
  lockIds: readonly number[],
  now: Date,
): Promise<void> {
  const { maxLinksPerDoor: most } = await quotasOf(tx, projectId);
  if (most === undefined) return;
  const doors = await tx
    .select({ count: count() })
    .from(guestLinkDoors)
    .innerJoin(guestLinks, eq(guestLinks.uuid, guestLinkDoors.linkUuid))
    .where(
      and(
        inArray(guestLinkDoors.lockId, [...lockIds]),
        isNull(guestLinks.revokedAt),
        or(isNull(guestLinks.validUntil), gt(guestLinks.validUntil, now)),
      ),
    )
    .groupBy(guestLinkDoors.lockId);
  const fullest = Math.max(0, ...doors.map((door) => door.count));
  if (fullest + 1 > most) throw quotaReached('maxLinksPerDoor', most);
}
