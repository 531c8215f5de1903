import { eq } from 'drizzle-orm';
import { lockGrants } from '@/drizzle/schema';
import type { deleteGrant as operation } from '../../contracts/access';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { recordAccess } from '../access/record-access';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { lockHome } from '../members/keep-owner';
import { holdGrant } from './load-grant';

/** DELETE /locks/{id}/grants/{grantId} (ours). The next opening asks anew, so the right is gone at once (I7). */
export async function deleteGrant(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const now = clock.now();
  const { home, facts } = await loadLock(db, principal, params.id, now);
  authorise('grants.delete', principal, facts);
  if (home === undefined) throw new Failure('not_found');
  const event = await db.transaction(async (tx) => {
    await lockHome(tx, home.id);
    const { grant } = await holdGrant(tx, params.id, params.grantId);
    await tx.update(lockGrants).set({ revokedAt: now }).where(eq(lockGrants.id, grant.id));
    await recordDeed(tx, principal, {
      projectId: home.projectId,
      homeId: home.id,
      action: 'grant.revoke',
      subject: { kind: 'grant', id: grant.id },
      data: { lockId: params.id, userId: grant.userId },
      address: address ?? null,
      at: now,
    });
    const line = {
      kind: 'grant',
      action: 'revoked',
      id: grant.id,
      lockIds: [params.id],
      userId: grant.userId,
    } as const;
    return recordAccess(tx, home.id, line);
  });
  bus.announce([event]);
}
