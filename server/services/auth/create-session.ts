import { randomUUID } from 'node:crypto';
import { userSessions } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { hashToken, modeToken } from '../secrets';

/** The built-in app under which the web signs in. */
export const dashboardApp = 'dashboard';

const webLifeMs = 30 * 24 * 3_600_000;

/** Makes a session and its token, which is shown this once. A session of the web ends after 30 days. */
export async function createSession(
  executor: Executor,
  userId: number,
  appId: string,
  now: Date,
): Promise<{ sessionId: string; token: string }> {
  const sessionId = randomUUID();
  const token = modeToken('us', sessionId, now);
  await executor.insert(userSessions).values({
    id: sessionId,
    userId,
    appId,
    tokenHash: hashToken(token),
    createdAt: now,
    expiresAt: appId === dashboardApp ? new Date(now.getTime() + webLifeMs) : null,
  });
  return { sessionId, token };
}
