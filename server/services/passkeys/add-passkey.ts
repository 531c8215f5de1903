import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { passkeys } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addPasskey as operation } from '../../contracts/passkeys';
import type { RegistrationAnswer } from '../../contracts/webauthn';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { RelyingParty } from '../../domain/relying-party';
import type { Caller, Deps } from '../deps';
import { loadUser } from '../users/load-user';
import { takeChallenge } from './challenge';
import { relyingParty } from './relying-party';
import { toPasskey } from './view';

const refused = () => invalidField('credential', 'does not fit what was asked for', 'INVALID_PASSKEY');

async function verify({ log }: Deps, party: RelyingParty, answer: RegistrationAnswer, challenge: string) {
  try {
    const outcome = await verifyRegistrationResponse({
      response: {
        ...answer,
        clientExtensionResults: {},
        response: {
          clientDataJSON: answer.response.clientDataJSON,
          attestationObject: answer.response.attestationObject,
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    return outcome.verified ? outcome.registrationInfo.credential : undefined;
  } catch (error) {
    log.warn({ why: error instanceof Error ? error.message : '' }, 'a new passkey was refused');
    return undefined;
  }
}

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
  if (challenge === undefined) throw refused();
  const credential = await verify(deps, party, answer, challenge);
  if (credential === undefined) throw refused();
  const [row] = await db
    .insert(passkeys)
    .values({
      id: credential.id,
      userId: user.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: answer.response.transports ?? null,
      name: body.name,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (row === undefined)
    throw new Failure('conflict', { reason: 'PASSKEY_KNOWN', message: 'This passkey is known already.' });
  return toPasskey(row);
}
