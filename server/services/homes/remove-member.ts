import { and, eq } from 'drizzle-orm';
import { homeMembers } from '@/drizzle/schema';
import type { Deps } from '../deps';

/** An operator takes somebody out of a home; open sockets lose the home at once. */
export async function removeMember(
  { db, bus }: Pick<Deps, 'db' | 'bus'>,
  homeId: number,
  userId: number,
): Promise<void> {
  await db.delete(homeMembers).where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
  bus.revoke({ kind: 'member', homeId, userId });
}
