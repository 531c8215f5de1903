import { randomUUID } from 'node:crypto';
import { userSessions } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { Caller } from '../deps';
import { hashToken, modeToken } from '../secrets';

/** The built-in app under which the web signs in. */
export const dashboardApp = 'dashboard';

const webLifeMs = 30 * 24 * 3_600_000;

/** What a caller said of itself, as PostgreSQL can keep it. */
export const storable = (said: string | undefined, most: number): string | null =>
  said
    ?.slice(0, most)
    .replace(/[\p{Cc}\p{Surrogate}]/gu, '')
    .trim() || null;

/** Makes a session and its token, which is shown this once. A session of the web ends after 30 days. */
export async function createSession(
  executor: Executor,
  userId: number,
  appId: string,
  now: Date,
  from: Pick<Caller, 'userAgent' | 'address'> = {},
): Promise<{ sessionId: string; token: string }> {
  const sessionId = randomUUID();
  const token = modeToken('us', sessionId, now);
  await executor.insert(userSessions).values({
    id: sessionId,
    userId,
    appId,
    tokenHash: hashToken(token),
    userAgent: storable(from.userAgent, 400),
    address: storable(from.address, 64),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: appId === dashboardApp ? new Date(now.getTime() + webLifeMs) : null,
  });
  return { sessionId, token };
}
