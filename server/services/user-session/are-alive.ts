import { and, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { Deps } from '../deps';

/** Which of these sessions still are good. */
export async function areAlive({ db }: Pick<Deps, 'db'>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: userSessions.id })
    .from(userSessions)
    .where(
      and(
        inArray(userSessions.id, [...ids]),
        isNull(userSessions.revokedAt),
        or(isNull(userSessions.expiresAt), gt(userSessions.expiresAt, sql`now()`)),
      ),
    );
  return new Set(rows.map((row) => row.id));
}
