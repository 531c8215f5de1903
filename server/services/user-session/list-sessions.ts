import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { listSessions as operation, UserSession } from '../../contracts/users';
import { toTimestamp } from '../../contracts/values';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';

const most = 200;

/** GET /users/{userId}/sessions: where the person is signed in, this session first, then by last use. */
export async function listSessions(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<UserSession[]> {
  const { facts } = await loadUser(db, params.userId);
  authorise('userSession.list', principal, facts);
  const current = principal.kind === 'user' ? principal.sessionId : undefined;
  const rows = await db
    .select()
    .from(userSessions)
    .where(
      and(
        eq(userSessions.userId, params.userId),
        isNull(userSessions.revokedAt),
        or(isNull(userSessions.expiresAt), gt(userSessions.expiresAt, sql`now()`)),
      ),
    )
    .orderBy(
      sql`${userSessions.id} = ${current ?? null} desc nulls last`,
      sql`coalesce(${userSessions.lastSeenAt}, ${userSessions.createdAt}) desc`,
      desc(userSessions.id),
    )
    .limit(most);
  return rows.map((row) => ({
    id: row.id,
    appId: row.appId,
    creationTime: toTimestamp(row.createdAt),
    lastUseTime: toTimestamp(row.lastSeenAt ?? row.createdAt),
    ...(row.userAgent === null ? {} : { userAgent: row.userAgent }),
    ...(row.address === null ? {} : { address: row.address }),
    current: row.id === current,
  }));
}
