import type { addLockResident as operation } from '../../contracts/lock-commands';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';
import { findPerson } from './find-person';

/** POST /locks/{id}/AddResident (lock-api 7). Raises `not_found` for an unknown person, `invalid` for one who is there. */
export async function addResident(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const lock = await authoriseLock(deps, 'locks.addResident', principal, params.id);
  const user = await findPerson(deps.db, lock.projectId, body);
  const fields = ['userId', 'email', 'phoneNumber'] as const;
  const field = fields.find((name) => body[name] !== undefined) ?? 'userId';
  const userId = String(user.id);
  const answer = await changeLock(
    deps,
    lock.id,
    { type: 'AddResident', userId, name: body.name, field },
    principal,
  );
  return { ...answer, ...(user.email === null ? {} : { email: user.email }) };
}
