import { passkeys } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addPasskey as operation } from '../../contracts/passkeys';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';
import { takeChallenge } from './challenge';
import { relyingParty } from './relying-party';
import { verifyRegistration } from './verify-registration';
import { toPasskey } from './view';

/** A new key that is not the answer to what was asked for. */
export const misfit = () => invalidField('credential', 'does not fit what was asked for', 'INVALID_PASSKEY');

/**
 * POST /users/{userId}/passkeys (ours): keeps the public half of a key that the browser has made for our challenge.
 * Raises `invalid` when it does not fit and `conflict` when this key is known already.
 */
export async function addPasskey(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock } = deps;
  const { user, facts } = await loadUser(db, params.userId);
  authorise('passkeys.add', caller.principal, facts);
  if (user === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const party = relyingParty(deps, caller);
  const now = clock.now();
  const answer = body.credential;
  const of = { purpose: 'register', userId: user.id } as const;
  const challenge = await takeChallenge(db, answer.response.clientDataJSON, of, now);
  if (challenge === undefined) throw misfit();
  const credential = await verifyRegistration(deps, party, answer, challenge);
  if (credential === undefined) throw misfit();
  const [row] = await db
    .insert(passkeys)
    .values({ ...credential, userId: user.id, name: body.name, createdAt: now })
    .onConflictDoNothing()
    .returning();
  if (row === undefined)
    throw new Failure('conflict', { reason: 'PASSKEY_KNOWN', message: 'This passkey is known already.' });
  return toPasskey(row);
}
