import { and, eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { signUp as operation } from '../../contracts/auth';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { anonymous } from '../../domain/principal';
import { quotable } from '../../notify/compose';
import { composeLetter } from '../../notify/letter';
import { send } from '../../notify/send';
import type { Caller, Deps } from '../deps';
import { createUser } from '../users/create-user';
import { countSending } from './count-sending';
import { inEvenTime } from './even-time';
import { findAccount, requireEmail } from './find-account';
import { issueVerification } from './issue-verification';
import { hashPassword } from './password';
import { dashboardProject } from './sign-in';

type Body = InputOf<typeof operation>['body'];

/**
 * Somebody signs up once more. A confirmed account is told by mail. An unconfirmed one loses its password: two have
 * chosen one for it, and only its mailbox shows who is right, who then sets a new one.
 */
async function meetAccount(deps: Deps, caller: Caller, projectId: number, body: Body): Promise<void> {
  const now = deps.clock.now();
  // The same work as for an account that is new.
  await hashPassword(body.password);
  await deps.db.transaction(async (tx) => {
    const user = await findAccount(tx, projectId, requireEmail(body.email));
    const [again] = await tx
      .update(users)
      .set({ passwordHash: null })
      .where(and(eq(users.id, user.id), eq(users.verified, false)))
      .returning();
    if (again !== undefined) return issueVerification(deps, tx, again, caller.language);
    const recipient = user.email ?? body.email;
    await countSending(tx, deps.clock, projectId, recipient);
    const { origin } = deps.messaging;
    const letter = await composeLetter(tx, projectId, 'accountExists', caller.language ?? user.language, {
      name: user.name === null ? recipient : quotable(user.name),
      signIn: `${origin}/sign-in`,
      reset: `${origin}/reset-password`,
    });
    await send(tx, deps, { projectId, channel: 'mail', recipient, ...letter }, now);
  });
}

/**
 * POST /auth/signUp: a person signs up on the pages. Whether the address has an account already is told to its mailbox
 * alone; the answer is the same. Raises OPERATION_NOT_ALLOWED where people have no passwords.
 */
export async function signUp(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<undefined> {
  authorise('auth.signUp', caller.principal);
  const project = await dashboardProject(deps);
  if (project?.accountType !== 'email')
    throw new Failure('forbidden', {
      reason: 'OPERATION_NOT_ALLOWED',
      message: 'Nobody signs up here by e-mail address.',
    });
  await inEvenTime(async () => {
    try {
      const wanted = { ...body, projectId: project.id, phoneNumber: undefined };
      const from = { ...caller, principal: anonymous };
      await createUser(deps, from, { params: undefined, query: undefined, body: wanted });
    } catch (error) {
      const isKnown = error instanceof Failure && error.reason?.startsWith('USER_EXISTS') === true;
      if (!isKnown) throw error;
      await meetAccount(deps, caller, project.id, body);
    }
  });
}
