import { and, eq, inArray, isNull, notExists } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, guestPins, lockGrants } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/**
 * Ends what people of a lock's former home were given at its door: grants, PINs, and its place in guest links. A link
 * without any door left is revoked.
 */
export async function endRights(executor: Executor, lockId: number, at: Date): Promise<void> {
  await executor
    .update(lockGrants)
    .set({ revokedAt: at })
    .where(and(eq(lockGrants.lockId, lockId), isNull(lockGrants.revokedAt)));
  await executor.delete(guestPins).where(eq(guestPins.lockId, lockId));
  const doors = await executor
    .delete(guestLinkDoors)
    .where(eq(guestLinkDoors.lockId, lockId))
    .returning({ linkUuid: guestLinkDoors.linkUuid });
  if (doors.length === 0) return;
  const left = executor
    .select({ id: guestLinkDoors.id })
    .from(guestLinkDoors)
    .where(eq(guestLinkDoors.linkUuid, guestLinks.uuid));
  await executor
    .update(guestLinks)
    .set({ revokedAt: at })
    .where(
      and(
        inArray(
          guestLinks.uuid,
          doors.map(({ linkUuid }) => linkUuid),
        ),
        isNull(guestLinks.revokedAt),
        notExists(left),
      ),
    );
}
