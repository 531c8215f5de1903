import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import type { DoorProof } from '@/server/contracts/passkeys';
import type { AuthenticationAnswer } from '@/server/contracts/webauthn';
import { ApiError } from '../hooks/call';
import { api } from '../hooks/door-api';
import { refusalKeyOf, type SendResult } from './send-opening';

/** Why a passkey proved nothing, and so nothing was sent. */
export type Unproven = 'cancelled' | 'none' | 'unsupported' | 'lost';

export type Proof =
  | { kind: 'proved'; passkey: AuthenticationAnswer }
  | { kind: Unproven }
  | Extract<SendResult, { kind: 'refused' }>;

function refusalOf(error: unknown): Proof {
  if (!(error instanceof ApiError)) return { kind: 'cancelled' };
  if (error.isLost || error.status === 503) return { kind: 'lost' };
  if (error.status === 409) return { kind: error.fields.passkey === undefined ? 'unsupported' : 'none' };
  const { status, requestId } = error;
  return { kind: 'refused', because: refusalKeyOf(status), status, requestId };
}

/**
 * Has the person confirm one opening, one change of this lock or one link to it with a passkey. What the browser refuses
 * counts as cancelled: it does not tell a person who said no from a device that has none of their passkeys.
 */
export async function provePasskey(lockId: number, purpose: DoorProof = 'open'): Promise<Proof> {
  if (!browserSupportsWebAuthn()) return { kind: 'unsupported' };
  try {
    const asked = { params: { id: lockId }, body: { purpose } };
    const { options } = await api('locks.startPasskey', asked, { timeoutMs: 8_000 });
    // Made by the library's other half, which types it so.
    const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
    const { id, rawId, type, response } = await startAuthentication({ optionsJSON });
    return { kind: 'proved', passkey: { id, rawId, type, response } };
  } catch (error) {
    return refusalOf(error);
  }
}
