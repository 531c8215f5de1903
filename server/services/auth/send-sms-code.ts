import { and, eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { sendSmsCode as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { readPhoneNumber } from '../../domain/account';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countSender } from './count-sending';
import { inEvenTime } from './even-time';
import { issueVerification } from './issue-verification';
import { loadAccountProject } from './load-account-project';

/** POST /auth/user/sms (mode-api 5.7): a new code, which replaces the old. The number must be registered. */
export async function sendSmsCode(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('auth.sms', caller.principal);
  const project = await loadAccountProject(deps.db, body.projectId, 'phone');
  const phoneNumber = readPhoneNumber(body.phoneNumber);
  if (phoneNumber === undefined)
    throw invalidField(
      'phoneNumber',
      'must be in E.164 form, for example +4712345678',
      'INVALID_PHONE_NUMBER',
    );
  await countSender(deps, caller);
  return inEvenTime(async () => {
    const [user] = await deps.db
      .select()
      .from(users)
      .where(and(eq(users.projectId, project.id), eq(users.phoneNumber, phoneNumber)));
    if (user?.registered !== true)
      throw invalidField('phoneNumber', 'is not registered', 'INVALID_PHONE_NUMBER');
    await deps.db.transaction((tx) => issueVerification(deps, tx, user, caller.language));
    return { recipient: phoneNumber };
  });
}
