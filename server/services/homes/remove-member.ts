import { and, eq } from 'drizzle-orm';
import { homeMembers, homes } from '@/drizzle/schema';
import { recordDeed } from '../audit/record';
import type { Deps } from '../deps';
import { operator } from '../staff/operator';

/** An operator takes somebody out of a home; open sockets lose the home at once. */
export async function removeMember(
  { db, bus, clock }: Pick<Deps, 'db' | 'bus' | 'clock'>,
  homeId: number,
  userId: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [home] = await tx.select({ projectId: homes.projectId }).from(homes).where(eq(homes.id, homeId));
    const gone = await tx
      .delete(homeMembers)
      .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)))
      .returning({ role: homeMembers.role });
    if (home === undefined || gone.length === 0) return;
    await recordDeed(tx, operator.principal, {
      projectId: home.projectId,
      homeId,
      action: 'member.remove',
      subject: { kind: 'user', id: String(userId) },
      at: clock.now(),
    });
  });
  bus.revoke({ kind: 'member', homeId, userId });
}
