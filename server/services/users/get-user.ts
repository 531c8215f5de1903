import type { InputOf } from '../../contracts/operation';
import type { getUser as operation, User } from '../../contracts/users';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from './load-user';
import { toUser } from './view';

/** GET /users/{userId} (mode-api 5.1). */
export async function getUser(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<User> {
  const { user, facts } = await loadUser(db, params.userId);
  authorise('users.get', principal, facts);
  if (user === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return toUser(user);
}
