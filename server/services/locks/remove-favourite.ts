import { and, eq } from 'drizzle-orm';
import { favouriteDoors } from '@/drizzle/schema';
import type { removeFavourite as operation } from '../../contracts/door-settings';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';

/** DELETE /locks/{id}/favourite (ours): one that is none stays none. */
export async function removeFavourite(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  await authoriseLock(deps, 'locks.unfavourite', principal, params.id);
  if (principal.kind !== 'user') throw new Failure('not_found');
  const { db } = deps;
  await db
    .delete(favouriteDoors)
    .where(and(eq(favouriteDoors.userId, principal.userId), eq(favouriteDoors.lockId, params.id)));
  return undefined;
}
