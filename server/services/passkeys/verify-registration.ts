import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { RegistrationAnswer } from '../../contracts/webauthn';
import type { RelyingParty } from '../../domain/relying-party';
import type { Deps } from '../deps';

interface Known {
  id: string;
  transports: string[] | null;
}

/** Whom a passkey is made for. */
interface Holder {
  /** Name under which the authenticator knows the account: no address, and never used again. */
  handle: Buffer;
  userName: string;
  displayName: string;
  /** Keys that the account has already. */
  known: readonly Known[];
  /** True: it names its owner by itself, so that it signs in without anything else. */
  isDiscoverable: boolean;
}

/** The fewer transports a key tells of, the more the browser tries. */
export const descriptorOf = ({ id, transports }: Known) => ({
  id,
  ...(transports === null ? {} : { transports }),
});

/** What a browser needs to make a passkey that asks for finger, face or PIN. */
export const registrationOptions = (
  party: RelyingParty,
  { handle, userName, displayName, known, isDiscoverable }: Holder,
  challenge: Buffer,
) =>
  generateRegistrationOptions({
    rpName: 'Latchkey',
    rpID: party.id,
    userName,
    userDisplayName: displayName,
    userID: new Uint8Array(handle),
    challenge: new Uint8Array(challenge),
    attestationType: 'none',
    authenticatorSelection: {
      residentKey: isDiscoverable ? 'required' : 'discouraged',
      userVerification: 'required',
    },
    supportedAlgorithmIDs: [-8, -7, -257],
    excludeCredentials: known.map(descriptorOf),
  });

/** What is kept of a passkey that fits the challenge, page and host; undefined: it does not. */
export async function verifyRegistration(
  { log }: Pick<Deps, 'log'>,
  party: RelyingParty,
  answer: RegistrationAnswer,
  challenge: string,
): Promise<{ id: string; publicKey: Buffer; counter: number; transports: string[] | null } | undefined> {
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
    if (!outcome.verified) return undefined;
    const { id, publicKey, counter } = outcome.registrationInfo.credential;
    const transports = answer.response.transports ?? null;
    return { id, publicKey: Buffer.from(publicKey), counter, transports };
  } catch (error) {
    log.warn({ why: error instanceof Error ? error.message : '' }, 'a new passkey was refused');
    return undefined;
  }
}
