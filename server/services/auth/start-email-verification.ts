import type { startEmailVerification as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countSender } from './count-sending';
import { inEvenTime } from './even-time';
import { findAccount, requireEmail } from './find-account';
import { issueVerification } from './issue-verification';
import { loadAccountProject } from './load-account-project';

/** POST /auth/user/emailVerification/start (mode-api 5.7): the mail once more, with a new token. */
export async function startEmailVerification(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('auth.startEmailVerification', caller.principal);
  const project = await loadAccountProject(deps.db, body.projectId, 'email');
  const email = requireEmail(body.email);
  await countSender(deps, caller);
  return inEvenTime(async () => {
    const user = await findAccount(deps.db, project.id, email);
    if (user.verified)
      throw new Failure('invalid', {
        reason: 'ALREADY_VERIFIED',
        message: 'The address has been confirmed already.',
      });
    await deps.db.transaction((tx) => issueVerification(deps, tx, user, caller.language));
    return { email: user.email ?? email };
  });
}
