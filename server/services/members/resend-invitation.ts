import type { resendInvitation as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { loadManagedHome } from './load-managed-home';
import { sendInvitationAgain } from './send-invitation-again';

/**
 * POST /homes/{homeId}/members/{userId}/invitation (ours): the letter once more, good for its whole life from now on.
 * Raises `invalid` ALREADY_ACCEPTED, and `rate_limited` at the sixth letter in ten minutes.
 */
export async function resendInvitation(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { db, bus } = deps;
  const { homeId, userId } = params;
  const { principal } = caller;
  const { home, facts } = await loadManagedHome(db, principal, homeId);
  authorise('members.resend', principal, facts);
  if (home === undefined || principal.kind !== 'user')
    throw new Failure('not_found', { reason: 'NOT_FOUND' });
  await countAttempt(deps, `invite ${principal.userId}`, 30, 600);
  const event = await db.transaction((tx) =>
    sendInvitationAgain(deps, tx, home, userId, { inviter: principal.name, language: caller.language }),
  );
  bus.announce([event]);
}
