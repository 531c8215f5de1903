import { and, eq, gt, isNull, not, sql } from 'drizzle-orm';
import { thingCertificates, things } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { isBarred } from './barred';

/** What a client certificate says: SHA-256 of its DER form, and the subject's common name. */
export interface ShownCertificate {
  fingerprint: Buffer;
  commonName: string;
}

/**
 * The thing that a client certificate stands for (device-shadow 9); undefined when nobody knows the certificate, it has
 * expired, it or its thing was revoked, its hub is suspended, or it names another thing.
 */
export async function authenticateCertificate(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { fingerprint, commonName }: ShownCertificate,
): Promise<string | undefined> {
  const [found] = await db
    .select({ thing: things.name })
    .from(thingCertificates)
    .innerJoin(things, eq(things.name, thingCertificates.thing))
    .where(
      and(
        eq(thingCertificates.fingerprint, fingerprint),
        isNull(thingCertificates.revokedAt),
        gt(thingCertificates.expiresAt, clock.now()),
        isNull(things.revokedAt),
        not(isBarred(sql`${things.name}`)),
      ),
    );
  return found?.thing === commonName ? found.thing : undefined;
}
