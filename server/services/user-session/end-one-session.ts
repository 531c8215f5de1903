import { and, eq, isNull } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { endOneSession as operation } from '../../contracts/users';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';

/** DELETE /users/{userId}/sessions/{sessionId}: it is dead from now on, its sockets are closed. */
export async function endOneSession(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadUser(db, params.userId);
  authorise('userSession.endOne', principal, facts);
  const [ended] = await db
    .update(userSessions)
    .set({ revokedAt: clock.now() })
    .where(
      and(
        eq(userSessions.id, params.sessionId),
        eq(userSessions.userId, params.userId),
        isNull(userSessions.revokedAt),
      ),
    )
    .returning({ id: userSessions.id });
  if (ended === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  bus.revoke({ kind: 'session', id: ended.id });
}
