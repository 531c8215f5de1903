import { sql } from 'drizzle-orm';
import { favouriteDoors } from '@/drizzle/schema';
import type { addFavourite as operation } from '../../contracts/door-settings';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';

/** PUT /locks/{id}/favourite (ours): a second time changes nothing. New ones come last. */
export async function addFavourite(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  await authoriseLock(deps, 'locks.favourite', principal, params.id);
  if (principal.kind !== 'user') throw new Failure('not_found');
  const { db } = deps;
  await db
    .insert(favouriteDoors)
    .values({
      userId: principal.userId,
      lockId: params.id,
      place: sql`(select coalesce(max(place) + 1, 0) from favourite_doors where user_id = ${principal.userId})`,
    })
    .onConflictDoNothing();
  return undefined;
}
