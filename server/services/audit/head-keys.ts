import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type Head, headText } from '../../domain/audit/chain';
import type { Secrets } from '../secrets';

/** A head with the name of the key and its signature (Ed25519 of `headText`), both base64url. */
export interface SignedHead extends Head {
  publicKey: string;
  signature: string;
}

/** PKCS #8 of an Ed25519 key up to the key itself (RFC 8410 section 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key that signs heads of the audit. It follows from the installation's secret, so that every process has the same one
 * and none is stored in the database that it vouches for.
 */
function headKey(secrets: Pick<Secrets, 'digest'>): KeyObject {
  const seed = Buffer.from(secrets.digest('audit head key', 32), 'hex');
  return createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
}

/** Its public half, base64url, as JWK calls it `x` (RFC 8037). */
export function headPublicKey(secrets: Pick<Secrets, 'digest'>): string {
  return createPublicKey(headKey(secrets)).export({ format: 'jwk' }).x as string;
}

export function signHead(secrets: Pick<Secrets, 'digest'>, head: Head): SignedHead {
  return {
    ...head,
    publicKey: headPublicKey(secrets),
    signature: sign(null, Buffer.from(headText(head)), headKey(secrets)).toString('base64url'),
  };
}

/** Whether this installation has signed a head. */
export const isSignedByUs = (secrets: Pick<Secrets, 'digest'>, { signature, ...head }: SignedHead): boolean =>
  verify(
    null,
    Buffer.from(headText(head)),
    createPublicKey(headKey(secrets)),
    Buffer.from(signature, 'base64url'),
  );
