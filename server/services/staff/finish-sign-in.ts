import { and, eq, isNull } from 'drizzle-orm';
import { staffSessions } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { staffSessionLifeMs } from '../../domain/staff-session';
import { hashToken } from '../secrets';

/** Gives a session whose second factor is proved another token and its full life. Raises `unauthenticated` when it has ended. */
export async function finishSignIn(
  tx: Executor,
  sessionId: string,
  token: string,
  now: Date,
): Promise<typeof staffSessions.$inferSelect> {
  const [row] = await tx
    .update(staffSessions)
    .set({
      provedAt: now,
      lastSeenAt: now,
      tokenHash: hashToken(token),
      expiresAt: new Date(now.getTime() + staffSessionLifeMs),
    })
    .where(
      and(eq(staffSessions.id, sessionId), isNull(staffSessions.provedAt), isNull(staffSessions.revokedAt)),
    )
    .returning();
  if (row === undefined) throw new Failure('unauthenticated');
  return row;
}
