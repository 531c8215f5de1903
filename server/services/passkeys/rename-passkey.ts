import { and, eq } from 'drizzle-orm';
import { passkeys } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { renamePasskey as operation } from '../../contracts/passkeys';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';

/** PATCH /users/{userId}/passkeys/{id} (ours): what the owner calls it. */
export async function renamePasskey(
  { db }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadUser(db, params.userId);
  authorise('passkeys.rename', principal, facts);
  const renamed = await db
    .update(passkeys)
    .set({ name: body.name })
    .where(and(eq(passkeys.id, params.id), eq(passkeys.userId, params.userId)))
    .returning({ id: passkeys.id });
  if (renamed.length === 0) throw new Failure('not_found', { reason: 'NOT_FOUND' });
}
