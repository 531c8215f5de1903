import { X509Certificate } from 'node:crypto';
import { thingCertificates } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import { ensureClientAuthority } from '../../embedded/client-authority';
import type { Deps } from '../deps';
import { fingerprintOf } from './fingerprint';
import { requireThing } from './require-thing';

export interface CreatedCertificate {
  thing: string;
  /** SHA-256 of the DER form, lower-case hex. */
  fingerprint: string;
  /** PEM. */
  certificate: string;
  /** PEM, PKCS 8. Kept nowhere. */
  privateKey: string;
  expiresAt: Date;
}

/**
 * Makes a client certificate for a thing, of the authority in DATA_DIR; the key is shown this once. Raises `invalid`
 * naming `thing` or `days` (device-shadow 9).
 */
export async function createCertificate(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  dataDir: string,
  { thing, days }: { thing: string; days: number },
): Promise<CreatedCertificate> {
  const now = clock.now();
  const ca = await ensureClientAuthority(dataDir, now);
  const endOfAuthority = new X509Certificate(ca.cert).validTo;
  if (now.getTime() + days * 86_400_000 > Date.parse(endOfAuthority))
    throw invalidField('days', `is longer than the authority lives, which is until ${endOfAuthority}`);
  const { issueClient } = await import('../../embedded/issue-certificate');
  const issued = await issueClient({ ca, thing, now, days });
  const fingerprint = fingerprintOf(new X509Certificate(issued.cert));
  await db.transaction(async (tx) => {
    await requireThing(tx, thing);
    await tx.insert(thingCertificates).values({
      fingerprint,
      thing,
      serialNumber: issued.serialNumber,
      createdAt: now,
      expiresAt: issued.notAfter,
    });
  });
  return {
    thing,
    fingerprint: fingerprint.toString('hex'),
    certificate: issued.cert,
    privateKey: issued.key,
    expiresAt: issued.notAfter,
  };
}
