import type { startPasswordReset as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import { quotable, tokenLink } from '../../notify/compose';
import { composeLetter } from '../../notify/letter';
import { send } from '../../notify/send';
import type { Caller, Deps } from '../deps';
import { countSender, countSending } from './count-sending';
import { inEvenTime } from './even-time';
import { findAccount, requireEmail } from './find-account';
import { issueSecret } from './issue-secret';
import { loadAccountProject } from './load-account-project';

/** POST /auth/user/passwordReset/start (mode-api 5.7): mails a link that is good for a day. */
export async function startPasswordReset(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('auth.startPasswordReset', caller.principal);
  const project = await loadAccountProject(deps.db, body.projectId, 'email');
  const email = requireEmail(body.email);
  await countSender(deps, caller);
  return inEvenTime(async () => {
    const user = await findAccount(deps.db, project.id, email);
    const recipient = user.email ?? email;
    const now = deps.clock.now();
    await deps.db.transaction(async (tx) => {
      await countSending(tx, deps.clock, project.id, recipient);
      const { secret, expiresAt } = await issueSecret(tx, user.id, 'password-reset', now);
      const reader = caller.language ?? user.language;
      const letter = await composeLetter(tx, project.id, 'resetPassword', reader, {
        name: user.name === null ? recipient : quotable(user.name),
        link: tokenLink(deps.messaging.origin, 'reset-password', secret),
      });
      await send(
        tx,
        deps,
        { projectId: project.id, channel: 'mail', recipient, ...letter, usefulUntil: expiresAt },
        now,
      );
    });
    return { email: recipient };
  });
}
