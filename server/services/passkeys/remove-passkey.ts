import { and, eq } from 'drizzle-orm';
import { passkeys } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { removePasskey as operation } from '../../contracts/passkeys';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';

/** DELETE /users/{userId}/passkeys/{id} (ours). It is worth nothing from now on; sessions that it began go on. */
export async function removePasskey(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadUser(db, params.userId);
  authorise('passkeys.remove', principal, facts);
  const removed = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, params.id), eq(passkeys.userId, params.userId)))
    .returning({ id: passkeys.id });
  if (removed.length === 0) throw new Failure('not_found', { reason: 'NOT_FOUND' });
}
