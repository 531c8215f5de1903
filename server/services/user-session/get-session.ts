import { eq } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { getUserSession as operation } from '../../contracts/auth';
import type { OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';

/** GET /userSession (mode-api 5.8). */
export async function getSession({ db }: Deps, { principal }: Caller): Promise<OutputOf<typeof operation>> {
  authorise('userSession.get', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const [session] = await db.select().from(userSessions).where(eq(userSessions.id, principal.sessionId));
  if (session === undefined) throw new Failure('unauthenticated');
  return {
    userId: principal.userId,
    appId: principal.appId,
    projectId: principal.projectId,
    creationTime: toTimestamp(session.createdAt),
  };
}
