import type { DoorProof } from '@/server/contracts/passkeys';
import type { AuthenticationAnswer } from '@/server/contracts/webauthn';
import { ApiError } from '../hooks/call';

/** Why no passkey was proved, and so nothing was changed. */
export type Unproven = 'cancelled' | 'none' | 'unsupported';

/**
 * Makes a call, and where the service wants a passkey for it, has the person prove one for this lock and makes it once
 * more. Throws what failed.
 */
export async function withPasskey<Answer>(
  { lockId, purpose }: { lockId: number; purpose: DoorProof },
  call: (passkey?: AuthenticationAnswer) => Promise<Answer>,
): Promise<{ answer: Answer } | { unproven: Unproven }> {
  try {
    return { answer: await call() };
  } catch (error) {
    if (!(error instanceof ApiError) || error.fields.passkey === undefined) throw error;
    const { provePasskey } = await import('../lock/prove-passkey');
    const proof = await provePasskey(lockId, purpose);
    if (proof.kind === 'refused' || proof.kind === 'lost') throw error;
    return proof.kind === 'proved' ? { answer: await call(proof.passkey) } : { unproven: proof.kind };
  }
}
