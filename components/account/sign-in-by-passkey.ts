import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from '@simplewebauthn/browser';
import { signIn } from 'next-auth/react';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';

/** Why nobody was signed in. `cancelled`: the browser gave no passkey, whether refused or not there. */
export type PasskeySignInFailure = 'cancelled' | 'wrong' | 'limited' | 'unavailable' | 'unsupported';

const failures: Record<string, PasskeySignInFailure> = { CredentialsSignin: 'wrong', RateLimited: 'limited' };

function failureOf(error: unknown): PasskeySignInFailure {
  if (!(error instanceof ApiError)) return 'cancelled';
  if (error.status === 409) return 'unsupported';
  return error.status === 429 ? 'limited' : 'unavailable';
}

async function enter(answer: object): Promise<PasskeySignInFailure | undefined> {
  try {
    const told = await signIn('passkey', { redirect: false, answer: JSON.stringify(answer) });
    if (told?.ok === true && !told.error) return undefined;
    return failures[told?.error ?? ''] ?? 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/** Signs in whoever the chosen passkey belongs to; `undefined`: it was done. */
export async function signInByPasskey(): Promise<PasskeySignInFailure | undefined> {
  if (!browserSupportsWebAuthn()) return 'unsupported';
  try {
    const { options } = await api('auth.startPasskey', {}, { timeoutMs: 8_000 });
    // Made by the library's other half, which types it so.
    const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
    const { id, rawId, type, response } = await startAuthentication({ optionsJSON });
    return await enter({ id, rawId, type, response });
  } catch (error) {
    return failureOf(error);
  }
}
