import type { HomeMember, getMember as operation } from '../../contracts/members';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { loadMember } from './load-member';
import { toMember } from './view';

/** GET /homes/{homeId}/members/{userId} (mode-api 5.3). */
export async function getMember(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<HomeMember> {
  const { facts } = await loadHome(db, principal, params.homeId);
  authorise('members.get', principal, facts);
  const row = await loadMember(db, params.homeId, params.userId);
  if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return toMember(row.membership, row.user);
}
