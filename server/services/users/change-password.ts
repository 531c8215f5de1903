import type { InputOf } from '../../contracts/operation';
import type { changePassword as operation } from '../../contracts/users';
import { checkPassword } from '../../domain/account';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { isPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { loadUser } from './load-user';
import { updateUser } from './update-user';

/**
 * POST /users/{userId}/password: a new password for whoever knows the old one; every other session ends. Raises
 * INCORRECT_PASSWORD, and `rate_limited` at the sixth try in a minute.
 */
export async function changePassword(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { user, facts } = await loadUser(deps.db, params.userId);
  authorise('users.changePassword', caller.principal, facts);
  if (user === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const failure = checkPassword(body.newPassword, user.email ?? undefined, 'newPassword');
  if (failure) throw failure;
  await countAttempt(deps, `password ${user.id}`, 5, 60);
  if (!(await isPassword(user.passwordHash, body.currentPassword)))
    throw invalidField('currentPassword', 'is not the password of this account', 'INCORRECT_PASSWORD');
  await updateUser(deps, caller, {
    params,
    query: undefined,
    body: { name: undefined, language: undefined, password: body.newPassword },
  });
}
