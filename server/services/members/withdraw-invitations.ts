import { and, eq, isNull } from 'drizzle-orm';
import { homeMembers, verifications } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** An invitation to nowhere opens no account any more. */
export async function withdrawInvitations(executor: Executor, userId: number, now: Date): Promise<void> {
  const [place] = await executor
    .select({ homeId: homeMembers.homeId })
    .from(homeMembers)
    .where(eq(homeMembers.userId, userId))
    .limit(1);
  if (place !== undefined) return;
  await executor
    .update(verifications)
    .set({ usedAt: now })
    .where(
      and(
        eq(verifications.userId, userId),
        eq(verifications.purpose, 'invitation'),
        isNull(verifications.usedAt),
      ),
    );
}
