import { and, eq } from 'drizzle-orm';
import { jwtIssuers, projects } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { invalidField } from '../../domain/errors';
import { isFetchable } from '../../domain/jwks-address';
import { recordDeed } from '../audit/record';
import { issuer as ownIssuer } from '../auth/issue-token';
import type { Caller, Deps } from '../deps';
import { operator } from '../staff/operator';

export type IssuerRow = typeof jwtIssuers.$inferSelect;

/**
 * An operator has a project trust the JWTs of an identity provider. One that was removed is taken up again. Raises
 * `invalid` for an address that may not be fetched, and for an issuer and audience that are named already.
 */
export async function createIssuer(
  { db, clock }: Pick<Deps, 'clock'> & { db: Pick<Database, 'select' | 'transaction'> },
  wanted: { projectId: number; issuer: string; audience: string; jwksUrl: string },
  { principal: by, address }: Pick<Caller, 'principal' | 'address'> = operator,
): Promise<IssuerRow> {
  if (wanted.issuer === ownIssuer) throw invalidField('issuer', 'is our own name', 'OWN_NAME');
  const [project] = await db.select().from(projects).where(eq(projects.id, wanted.projectId));
  if (!isFetchable(wanted.jwksUrl, project?.allowPrivateWebhooks ?? false))
    throw invalidField('jwks-url', 'must be an https address');
  return db.transaction(async (tx) => {
    const told = ({ id, projectId, issuer, audience }: IssuerRow) =>
      recordDeed(tx, by, {
        projectId,
        action: 'issuer.create',
        subject: { kind: 'issuer', id: String(id) },
        data: { issuer, audience },
        address: address ?? null,
        at: clock.now(),
      });
    const [row] = await tx.insert(jwtIssuers).values(wanted).onConflictDoNothing().returning();
    if (row !== undefined) {
      await told(row);
      return row;
    }
    const [former] = await tx
      .select()
      .from(jwtIssuers)
      .where(and(eq(jwtIssuers.issuer, wanted.issuer), eq(jwtIssuers.audience, wanted.audience)))
      .for('update');
    if (former === undefined || former.revokedAt === null)
      throw invalidField('issuer', 'is named with this audience already', 'ISSUER_TAKEN');
    const [again] = await tx
      .update(jwtIssuers)
      .set({ projectId: wanted.projectId, jwksUrl: wanted.jwksUrl, revokedAt: null })
      .where(eq(jwtIssuers.id, former.id))
      .returning();
    if (again === undefined) throw new Error('no issuer was made');
    await told(again);
    return again;
  });
}
