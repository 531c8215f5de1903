import { eq, sql } from 'drizzle-orm';
import { thingCertificates } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { readFingerprint } from './fingerprint';
import type { CertificateView } from './list-certificates';

/**
 * Takes a certificate's right away for good; the broker ends its connections within a second (invariant I7). Once more
 * changes nothing. Raises `invalid` naming `fingerprint`.
 */
export async function revokeCertificate(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  text: string,
): Promise<CertificateView> {
  const fingerprint = readFingerprint(text);
  const [row] = await db
    .update(thingCertificates)
    .set({
      revokedAt: sql`coalesce(${thingCertificates.revokedAt}, ${clock.now().toISOString()}::timestamptz)`,
    })
    .where(eq(thingCertificates.fingerprint, fingerprint))
    .returning();
  if (row === undefined) throw invalidField('fingerprint', 'there is no such certificate');
  return { ...row, fingerprint: fingerprint.toString('hex') };
}
