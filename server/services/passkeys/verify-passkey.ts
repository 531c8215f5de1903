import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { passkeys } from '@/drizzle/schema';
import type { AuthenticationAnswer } from '../../contracts/webauthn';
import type { Executor } from '../../db/client';
import type { RelyingParty } from '../../domain/relying-party';
import type { Deps } from '../deps';

export type PasskeyRow = typeof passkeys.$inferSelect;

/** What is wrong with an answer; for the log and for tests, never for the caller. */
export type Refusal = 'unknown-passkey' | 'other-person' | 'not-verified';

/**
 * Checks the signature of a passkey over a challenge, within a transaction: the person was verified by the device, page
 * and host are ours, and the counter has not fallen back, which would mean a copy. Notes its use.
 */
export async function verifyPasskey(
  { log }: Pick<Deps, 'log'>,
  executor: Executor,
  party: RelyingParty,
  { answer, challenge, userId }: { answer: AuthenticationAnswer; challenge: string; userId?: number },
  now: Date,
): Promise<PasskeyRow | Refusal> {
  const [row] = await executor.select().from(passkeys).where(eq(passkeys.id, answer.id)).for('update');
  if (row === undefined) return 'unknown-passkey';
  const handle = answer.response.userHandle;
  const isOwn =
    (userId === undefined ? handle !== undefined : row.userId === userId) &&
    (handle === undefined || handle === userHandle(row.userId).toString('base64url'));
  if (!isOwn) return 'other-person';
  const counter = await checkSignature(log, party, { answer, challenge }, row);
  if (counter === undefined) return 'not-verified';
  const used = { counter, lastUsedAt: now };
  await executor.update(passkeys).set(used).where(eq(passkeys.id, row.id));
  return { ...row, ...used };
}

/**
 * Checks the signature of a key over a challenge, whoever has it. The counter that the key has now; undefined: it does
 * not fit.
 */
export async function checkSignature(
  log: Deps['log'],
  party: RelyingParty,
  { answer, challenge }: { answer: AuthenticationAnswer; challenge: string },
  key: Pick<PasskeyRow, 'id' | 'publicKey' | 'counter' | 'transports'>,
): Promise<number | undefined> {
  const { userHandle: handle } = answer.response;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: answer.type,
        clientExtensionResults: {},
        response: {
          clientDataJSON: answer.response.clientDataJSON,
          authenticatorData: answer.response.authenticatorData,
          signature: answer.response.signature,
          ...(handle === undefined ? {} : { userHandle: handle }),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: key.id,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.counter,
        transports: key.transports ?? [],
      },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch (error) {
    // The library throws plain errors for what does not fit; those of the database are not its own.
    if (!isVerdict(error)) throw error;
    log.warn({ key: key.id, why: error.message }, 'a passkey was refused');
    return undefined;
  }
}

const isVerdict = (error: unknown): error is Error =>
  error instanceof Error && !('code' in error) && !('query' in error);

/** The name under which an authenticator knows a person: no address, and never used again. */
export const userHandle = (userId: number): Buffer => Buffer.from(`user ${userId}`);
