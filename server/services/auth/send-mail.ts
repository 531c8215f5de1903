import type { sendMail as operation } from '../../contracts/auth';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countSending } from './count-sending';
import { requireEmail } from './find-account';
import { dashboardProject } from './sign-in';
import { startEmailVerification } from './start-email-verification';
import { startPasswordReset } from './start-password-reset';

/** What would tell known from unknown addresses. */
const telling = new Set(['UNKNOWN_EMAIL', 'ALREADY_VERIFIED']);

/**
 * POST /auth/sendMail: a link to confirm the address or to set a new password, for the pages. The answer is the same
 * whether there is such an account or not, and so is the count of mails to one address.
 */
export async function sendMail(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<undefined> {
  authorise('auth.sendMail', caller.principal);
  const project = await dashboardProject(deps);
  if (project?.accountType !== 'email')
    throw new Failure('forbidden', {
      reason: 'OPERATION_NOT_ALLOWED',
      message: 'Accounts have no e-mail addresses here.',
    });
  const email = requireEmail(body.email);
  const start = body.about === 'verification' ? startEmailVerification : startPasswordReset;
  try {
    await start(deps, caller, {
      params: undefined,
      query: undefined,
      body: { projectId: project.id, email },
    });
  } catch (error) {
    if (!(error instanceof Failure) || !telling.has(error.reason ?? '')) throw error;
    await countSending(deps.db, deps.clock, project.id, email);
  }
}
