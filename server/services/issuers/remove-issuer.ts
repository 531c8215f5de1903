import { and, eq, isNull } from 'drizzle-orm';
import { jwtIssuers } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { invalidField } from '../../domain/errors';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { operator } from '../staff/operator';

/** A project trusts an identity provider no longer; its tokens are refused from the next request on. Raises `invalid`. */
export async function removeIssuer(
  { db, clock }: Pick<Deps, 'clock'> & { db: Pick<Database, 'transaction'> },
  id: number,
  { principal: by, address }: Pick<Caller, 'principal' | 'address'> = operator,
): Promise<void> {
  const at = clock.now();
  await db.transaction(async (tx) => {
    const [removed] = await tx
      .update(jwtIssuers)
      .set({ revokedAt: at })
      .where(and(eq(jwtIssuers.id, id), isNull(jwtIssuers.revokedAt)))
      .returning();
    if (removed === undefined) throw invalidField('id', 'there is no such issuer');
    const { projectId, issuer, audience } = removed;
    await recordDeed(tx, by, {
      projectId,
      action: 'issuer.remove',
      subject: { kind: 'issuer', id: String(id) },
      data: { issuer, audience },
      address: address ?? null,
      at,
    });
  });
}
