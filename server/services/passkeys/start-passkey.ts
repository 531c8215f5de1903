import { eq } from 'drizzle-orm';
import { passkeys, userSessions } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { startPasskey as operation } from '../../contracts/passkeys';
import { Failure, invalidField, missingField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { isPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { loadUser } from '../users/load-user';
import type { UserRow } from '../users/view';
import { makeChallenge } from './challenge';
import { relyingParty } from './relying-party';
import { userHandle } from './verify-passkey';
import { registrationOptions } from './verify-registration';

export const passkeysMost = 20;
const recentMs = 10 * 60_000;

/**
 * A browser left open must not be enough to make a key to doors that ask for one: the password is asked for again, and
 * where there is none the person must have signed in just now.
 */
async function proveOwner(
  deps: Deps,
  caller: Caller,
  user: UserRow,
  password: string | undefined,
): Promise<void> {
  const { db, clock } = deps;
  if (user.passwordHash !== null) {
    if (password === undefined || password === '') throw missingField('password');
    await countAttempt(deps, `login passkey password ${user.id} ${caller.address ?? ''}`, 5, 60);
    const fits = await isPassword(user.passwordHash, password.slice(0, 1024));
    if (!fits) throw invalidField('password', 'is wrong', 'INCORRECT_PASSWORD');
    return;
  }
  const { principal } = caller;
  const [session] = await db
    .select({ createdAt: userSessions.createdAt })
    .from(userSessions)
    .where(eq(userSessions.id, principal.kind === 'user' ? principal.sessionId : ''));
  if (session === undefined || clock.now().getTime() - session.createdAt.getTime() > recentMs)
    throw new Failure('forbidden', { reason: 'SIGN_IN_AGAIN' });
}

/** POST /users/{userId}/passkeys/start (ours). The key is to stay in the device, and to ask for finger, face or PIN. */
export async function startPasskey(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock } = deps;
  const { user, facts } = await loadUser(db, params.userId);
  authorise('passkeys.start', caller.principal, facts);
  if (user === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const party = relyingParty(deps, caller);
  await proveOwner(deps, caller, user, body?.password);
  const known = await db.select().from(passkeys).where(eq(passkeys.userId, user.id));
  if (known.length >= passkeysMost)
    throw new Failure('conflict', { reason: 'TOO_MANY_PASSKEYS', message: 'Remove a passkey first.' });
  const challenge = await makeChallenge(db, { purpose: 'register', userId: user.id }, clock.now());
  const holder = {
    handle: userHandle(user.id),
    userName: user.email ?? user.phoneNumber ?? user.name ?? `user ${user.id}`,
    displayName: user.name ?? '',
    known,
    isDiscoverable: true,
  };
  const options = await registrationOptions(party, holder, challenge);
  return { options: { ...options } };
}
