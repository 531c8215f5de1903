import { and, gt, inArray, isNull, sql } from 'drizzle-orm';
import { thingCertificates } from '@/drizzle/schema';
import type { Deps } from '../deps';

/** Of the certificates that are connected, by hex fingerprint, those that are good no longer. */
export async function checkCertificates(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  fingerprints: readonly string[],
): Promise<Set<string>> {
  const gone = new Set(fingerprints);
  if (gone.size === 0) return gone;
  // One parameter whatever their number, as in checkThings.
  const asked = sql`(select decode(jsonb_array_elements_text(${JSON.stringify(fingerprints)}::text::jsonb), 'hex'))`;
  const good = await db
    .select({ fingerprint: thingCertificates.fingerprint })
    .from(thingCertificates)
    .where(
      and(
        inArray(thingCertificates.fingerprint, asked),
        isNull(thingCertificates.revokedAt),
        gt(thingCertificates.expiresAt, clock.now()),
      ),
    );
  for (const { fingerprint } of good) gone.delete(fingerprint.toString('hex'));
  return gone;
}
