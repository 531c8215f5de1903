import { asc, eq } from 'drizzle-orm';
import { thingCertificates } from '@/drizzle/schema';
import type { Deps } from '../deps';

export interface CertificateView {
  thing: string;
  /** Lower-case hex. */
  fingerprint: string;
  serialNumber: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** Certificates of one thing or of all, oldest first, revoked ones too. Keys are kept nowhere. */
export async function listCertificates(
  { db }: Pick<Deps, 'db'>,
  thing: string | undefined,
): Promise<CertificateView[]> {
  const rows = await db
    .select()
    .from(thingCertificates)
    .where(thing === undefined ? undefined : eq(thingCertificates.thing, thing))
    .orderBy(asc(thingCertificates.createdAt));
  return rows.map(({ fingerprint, ...row }) => ({ ...row, fingerprint: fingerprint.toString('hex') }));
}
