import { createHash, type X509Certificate } from 'node:crypto';
import { invalidField } from '../../domain/errors';

/** SHA-256 of a certificate's DER form: what it is known by. */
export const fingerprintOf = (certificate: X509Certificate): Buffer =>
  createHash('sha256').update(certificate.raw).digest();

/** The one common name of the subject; undefined: none, or several. */
export function commonNameOf(certificate: X509Certificate): string | undefined {
  const name: unknown = certificate.toLegacyObject().subject?.CN;
  return typeof name === 'string' ? name : undefined;
}

/** Reads a fingerprint as hex, with colons or without. Raises `invalid` naming it. */
export function readFingerprint(text: string): Buffer {
  const hex = text.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) throw invalidField('fingerprint', 'is 64 hexadecimal digits');
  return Buffer.from(hex, 'hex');
}
