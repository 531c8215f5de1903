import { and, eq, isNull } from 'drizzle-orm';
import { jwtIssuers } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

/** A project trusts an identity provider no longer; its tokens are refused from the next request on. Raises `invalid`. */
export async function removeIssuer({ db, clock }: Pick<Deps, 'db' | 'clock'>, id: number): Promise<void> {
  const removed = await db
    .update(jwtIssuers)
    .set({ revokedAt: clock.now() })
    .where(and(eq(jwtIssuers.id, id), isNull(jwtIssuers.revokedAt)))
    .returning({ id: jwtIssuers.id });
  if (removed.length === 0) throw invalidField('id', 'there is no such issuer');
}
