import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import type { BodyOf } from '@/server/contracts/operation';
import type { addPasskey } from '@/server/contracts/passkeys';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';

/** Why the device made none: the person or the device said no, or it holds one of this account already. */
export type NotMade = 'cancelled' | 'known' | 'failed';

function reasonOf(error: unknown): NotMade {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  return name === 'InvalidStateError' ? 'known' : 'failed';
}

/** Has the device make a passkey and the service keep it. Throws what the API refused; `undefined`: it is there. */
export function makePasskey(
  userId: number,
  { name, password }: { name: string; password: string },
): Promise<NotMade | undefined> {
  const params = { userId };
  const given = password === '' ? {} : { password };
  return makePasskeyBy({
    start: () => api('passkeys.start', { params, body: given }),
    add: (credential) => api('passkeys.add', { params, body: { name, credential } }),
  });
}

interface Making {
  start: () => Promise<{ options: object }>;
  add: (credential: BodyOf<typeof addPasskey>['credential']) => Promise<unknown>;
}

/** The same for whoever's account it is. */
export async function makePasskeyBy({ start, add }: Making): Promise<NotMade | undefined> {
  const { options } = await start();
  try {
    // Made by the library's other half, which types it so.
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    const { id, rawId, type, response } = await startRegistration({ optionsJSON });
    const { clientDataJSON, attestationObject, transports } = response;
    const credential = { id, rawId, type, response: { clientDataJSON, attestationObject, transports } };
    await add(credential);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    return reasonOf(error);
  }
}

/** A name that people will know their device by; they may write another. */
export function deviceName(agent: string): string {
  const known = ['iPhone', 'iPad', 'Android', 'Macintosh', 'Windows', 'CrOS', 'Linux'];
  const found = known.find((word) => agent.includes(word)) ?? '';
  return found === 'Macintosh' ? 'Mac' : found === 'CrOS' ? 'Chromebook' : found;
}
