import type { InputOf, OutputOf } from '../../contracts/operation';
import type { endOtherSessions as operation } from '../../contracts/users';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';
import { endSessions } from './end-sessions';

/** DELETE /users/{userId}/sessions: every session but the caller's own is dead from now on, with its sockets. */
export async function endOtherSessions(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { facts } = await loadUser(db, params.userId);
  authorise('userSession.endOthers', principal, facts);
  const current = principal.kind === 'user' ? principal.sessionId : undefined;
  const ended = await endSessions(db, params.userId, clock.now(), current);
  for (const id of ended) bus.revoke({ kind: 'session', id });
  return { ended: ended.length };
}
