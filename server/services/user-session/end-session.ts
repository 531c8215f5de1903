import { eq } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';

/** DELETE /userSession (mode-api 5.8): the token is dead from now on, its sockets are closed. */
export async function endSession({ db, bus, clock }: Deps, { principal }: Caller): Promise<undefined> {
  authorise('userSession.end', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  await db
    .update(userSessions)
    .set({ revokedAt: clock.now() })
    .where(eq(userSessions.id, principal.sessionId));
  bus.revoke({ kind: 'session', id: principal.sessionId });
}
