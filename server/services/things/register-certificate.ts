import { X509Certificate } from 'node:crypto';
import { thingCertificates } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { commonNameOf, fingerprintOf } from './fingerprint';
import type { CertificateView } from './list-certificates';
import { requireThing } from './require-thing';

/**
 * Makes a certificate of another authority known as a thing's; the broker takes it when TLS_CLIENT_CA_FILE holds that
 * authority. Raises `invalid` naming `file` or `thing`.
 */
export async function registerCertificate(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { thing, pem }: { thing: string; pem: string },
): Promise<CertificateView> {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    throw invalidField('file', 'holds no certificate in PEM form');
  }
  if (commonNameOf(certificate) !== thing)
    throw invalidField('thing', 'is not the common name of the certificate');
  const row = {
    fingerprint: fingerprintOf(certificate),
    thing,
    serialNumber: certificate.serialNumber.toLowerCase(),
    createdAt: clock.now(),
    expiresAt: new Date(certificate.validTo),
  };
  const made = await db.transaction(async (tx) => {
    await requireThing(tx, thing);
    return tx.insert(thingCertificates).values(row).onConflictDoNothing().returning();
  });
  if (made.length === 0) throw invalidField('file', 'holds a certificate that is known already');
  return { ...row, fingerprint: row.fingerprint.toString('hex'), revokedAt: null };
}
